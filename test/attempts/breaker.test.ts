import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Breaker, type Outcome } from '../../server/attempts/breaker.ts'
import type { BreakerPolicy } from '../../server/core/policy.ts'

const POLICY: BreakerPolicy = { failures: 5, errorShare: 0.5, windowMs: 30_000, cooldownMs: 10_000 }

/** One call that ends at once. */
function call(breaker: Breaker, now: number, outcome: Outcome): boolean {
  const pass = {}
  if (!breaker.begin(pass, now)) return false
  breaker.count(pass, now, outcome, now)
  return true
}

function calls(breaker: Breaker, now: number, outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) call(breaker, now, outcome)
}

const five = Array<Outcome>(5).fill('failed')
const three = Array<Outcome>(3).fill('ok')

describe('a circuit breaker', () => {
  it('opens with as many failures as the policy says when all calls fail', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, errorShare) => {
          const breaker = new Breaker({ ...POLICY, failures, errorShare })
          calls(breaker, 0, Array<Outcome>(failures - 1).fill('failed'))
          assert.equal(breaker.name(0), 'ready')
          call(breaker, 0, 'failed')
          assert.equal(breaker.name(0), 'open')
          assert.deepEqual([breaker.failures(0), breaker.attempts(0)], [failures, failures])
        },
      ),
      { seed: 1, numRuns: 100 },
    )
  })

  it('opens in a brown-out at 20 % errors where a tenth is too much, and not where half is', () => {
    const [strict, lenient] = [0.1, 0.5].map((errorShare) => new Breaker({ ...POLICY, errorShare }))
    for (let n = 1; n <= 1000; n += 1) {
      for (const breaker of [strict!, lenient!]) call(breaker, n * 100, n % 5 === 0 ? 'failed' : 'ok')
      if (n <= 24) assert.equal(strict!.name(n * 100), 'ready')
      if (n === 25) assert.equal(strict!.name(n * 100), 'open', 'at the fifth failure')
    }
    assert.equal(lenient!.name(100_000), 'ready')
    assert.ok(lenient!.attempts(100_000) > 270)
  })

  it('says why it opened', () => {
    const breaker = new Breaker(POLICY)
    assert.equal(breaker.why, null)
    calls(breaker, 0, ['ok', 'ok', 'ok', ...five])
    assert.equal(breaker.why, '5 of 8 attempts failed in 30 s')
    call(breaker, 10_000, 'failed')
    assert.equal(breaker.why, 'a trial call failed')
    calls(breaker, 30_000, three)
    assert.equal(breaker.why, null)
  })

  it('forgets what is older than the window', () => {
    const breaker = new Breaker(POLICY)
    calls(breaker, 0, five.slice(1))
    call(breaker, 30_000, 'failed')
    assert.equal(breaker.name(30_000), 'ready')
    assert.deepEqual([breaker.failures(30_000), breaker.attempts(30_000)], [1, 1])
  })

  it('refuses until the cool-down is over, then lets one trial at a time, and closes after three successes', () => {
    const breaker = new Breaker(POLICY)
    calls(breaker, 0, five)
    assert.equal(breaker.untilMs(0), 10_000)
    assert.equal(breaker.begin({}, 9999), false)
    const trial = {}
    assert.equal(breaker.begin(trial, 10_000), true)
    assert.equal(breaker.begin({}, 10_000), false)
    breaker.count(trial, 10_000, 'ok', 10_500)
    assert.equal(call(breaker, 10_500, 'ok'), true)
    assert.equal(breaker.name(10_500), 'half-open')
    assert.equal(call(breaker, 10_500, 'ok'), true)
    assert.equal(breaker.name(10_500), 'ready')
    assert.deepEqual([breaker.failures(10_500), breaker.attempts(10_500)], [0, 0])
  })

  it('doubles the cool-down up to eightfold while trials fail', () => {
    const breaker = new Breaker(POLICY)
    let now = 0
    calls(breaker, now, five)
    const coolDowns = Array.from({ length: 6 }, () => {
      const begun = now
      now = breaker.untilMs(now)!
      call(breaker, now, 'failed')
      return now - begun
    })
    assert.deepEqual(coolDowns, [10_000, 20_000, 40_000, 80_000, 80_000, 80_000])
  })

  it('doubles it when the target fails again soon after closing, and begins anew after a calm window', () => {
    const breaker = new Breaker(POLICY)
    const reopen = (at: number) => {
      calls(breaker, at, five)
      return breaker.untilMs(at)! - at
    }
    assert.equal(reopen(0), 10_000)
    calls(breaker, 10_000, three)
    assert.equal(reopen(39_999), 20_000)
    calls(breaker, 60_000, three)
    assert.equal(reopen(90_000), 10_000)
  })

  it('frees the trial of one that says nothing, and of one that never ends', () => {
    const breaker = new Breaker(POLICY)
    calls(breaker, 0, five)
    for (let n = 0; n < 10; n += 1) assert.equal(call(breaker, 10_000, 'neutral'), true)
    assert.equal(breaker.name(10_000), 'half-open')
    const lost = {}
    assert.equal(breaker.begin(lost, 10_000), true)
    assert.equal(breaker.begin({}, 609_999), false)
    const next = {}
    assert.equal(breaker.begin(next, 610_000), true)
    breaker.count(lost, 10_000, 'neutral', 610_001)
    assert.equal(breaker.begin({}, 610_001), false, 'the lost one must not free the next one')
  })

  it('does not count calls that began before it opened', () => {
    const breaker = new Breaker(POLICY)
    const old = Array.from({ length: 10 }, () => ({}))
    for (const pass of old) assert.equal(breaker.begin(pass, 0), true)
    calls(breaker, 1, five)
    breaker.count(old[0]!, 0, 'failed', 10_001)
    for (const pass of old.slice(1, 4)) breaker.count(pass, 0, 'ok', 10_001)
    assert.equal(breaker.name(10_001), 'half-open')
    calls(breaker, 10_001, three)
    for (const pass of old.slice(4)) breaker.count(pass, 0, 'failed', 10_002)
    assert.equal(breaker.name(10_002), 'ready')
  })

  it('counts calls that did not ask it, in every state but open', () => {
    const breaker = new Breaker(POLICY)
    for (let n = 0; n < 5; n += 1) breaker.count({}, 0, 'failed', 0)
    assert.equal(breaker.name(0), 'open')
    breaker.count({}, 1, 'ok', 1)
    for (let n = 0; n < 3; n += 1) breaker.count({}, 10_000, 'ok', 10_000)
    assert.equal(breaker.name(10_000), 'ready')
  })

  it("believes a probe's word once, until it is certain", () => {
    const breaker = new Breaker(POLICY)
    calls(breaker, 0, five)
    breaker.hasten(false, 1000)
    assert.equal(breaker.name(1000), 'half-open')
    call(breaker, 1000, 'failed')
    breaker.hasten(false, 2000)
    assert.equal(breaker.name(2000), 'open')
    breaker.hasten(true, 2000)
    assert.equal(breaker.name(2000), 'half-open')
    calls(breaker, 2000, [...three, ...five])
    breaker.hasten(false, 3000)
    assert.equal(breaker.name(3000), 'half-open')
  })
})
