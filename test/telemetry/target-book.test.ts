import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Attempt } from '../../server/core/exchange.ts'
import type { Target } from '../../server/core/policy.ts'
import { type CostSource, TargetBook } from '../../server/telemetry/target-book.ts'
import { type FakeClock, fakeClock } from '../support/fake-clock.ts'
import { endedAttempt } from './ended-attempt.ts'

const cloud: Target = { provider: 'cloud', model: 'big', weight: 1 }
const gpu: Target = { provider: 'gpu', model: 'small', weight: 1 }
const own: Target = { provider: 'own', model: 'small', weight: 1 }

const COSTS: CostSource = {
  price: ({ model }, input, output) => (model === 'big' ? input + 10 * output : null),
  gpuUsdPerHour: (provider) => (provider === 'gpu' ? 3.6 : null),
  selfHosted: (provider) => provider !== 'cloud',
}

function bookOf(clock: FakeClock = fakeClock()) {
  const book = new TargetBook(clock, COSTS)
  /** One call from start to end, with time passing. */
  const call = (
    target: Target,
    ms: number,
    stream = false,
    more: Partial<Attempt> & { outputTokens?: number } = {},
  ) => {
    const startedAt = clock.now()
    book.attemptStart(target)
    clock.advance(ms)
    book.attemptEnd(endedAttempt(target, startedAt, clock.now(), more), stream)
  }
  return { book, clock, call }
}

const near = (actual: number | null, expected: number) =>
  assert.ok(actual !== null && Math.abs(actual / expected - 1) < 0.05, `${actual} is not near ${expected}`)

describe('latency of a target', () => {
  it('is the time to the first token of streams and the whole time of unary replies, apart from each other', () => {
    const { book, clock, call } = bookOf()
    call(cloud, 800, true, { firstTokenAt: clock.now() + 100 })
    call(cloud, 3000)
    near(book.latency(cloud, true).p95Ms, 100)
    near(book.latency(cloud, false).p95Ms, 3000)
    assert.deepEqual([book.latency(cloud, true).samples, book.latency(cloud, false).samples], [1, 1])
  })

  it('leaves out what was spent waiting in the queue', () => {
    const { book, clock, call } = bookOf()
    call(cloud, 5000, false, { queuedMs: 4000 })
    call(cloud, 5000, true, { queuedMs: 4000, firstTokenAt: clock.now() + 4200 })
    near(book.latency(cloud, false).p95Ms, 1000)
    near(book.latency(cloud, true).p95Ms, 200)
  })

  it('does not count what failed, was cancelled, or ended without a first token', () => {
    const { book, call } = bookOf()
    call(cloud, 10, false, { outcome: 'error', firstTokenAt: null })
    call(cloud, 10, true, { outcome: 'cancelled' })
    call(cloud, 10, true, { firstTokenAt: null })
    for (const stream of [true, false])
      assert.deepEqual(book.latency(cloud, stream), { p50Ms: null, p95Ms: null, samples: 0, lastAt: null })
  })

  it('is that of the last five minutes, with the time of the last answer', () => {
    const { book, clock, call } = bookOf()
    for (let index = 0; index < 95; index += 1) call(cloud, 100)
    for (let index = 0; index < 5; index += 1) call(cloud, 2000)
    clock.advance(250)
    near(book.latency(cloud, false).p50Ms, 100)
    near(book.latency(cloud, false).p95Ms, 100)
    assert.equal(book.latency(cloud, false).lastAt, clock.now() - 250)
    clock.advance(300_000)
    assert.deepEqual(
      { ...book.latency(cloud, false), lastAt: null },
      { p50Ms: null, p95Ms: null, samples: 0, lastAt: null },
    )
  })

  it('is looked at anew four times a second and no more often', () => {
    const { book, clock, call } = bookOf()
    call(cloud, 100)
    assert.equal(book.latency(cloud, false).samples, 1)
    call(cloud, 100)
    assert.equal(book.latency(cloud, false).samples, 1)
    clock.advance(150)
    assert.equal(book.latency(cloud, false).samples, 2)
  })

  it('is not known of a target that was never called', () => {
    assert.equal(bookOf().book.latency(cloud, true).samples, 0)
  })
})

describe('calls under way', () => {
  it('are what was started and has not ended, whatever the outcome', () => {
    const outcomes = fc.constantFrom('ok', 'error', 'cancelled')
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant('start'), outcomes)), (walk) => {
        const { book, clock } = bookOf()
        let expected = 0
        for (const step of walk) {
          if (step === 'start') {
            book.attemptStart(cloud)
            expected += 1
          } else if (expected > 0) {
            book.attemptEnd(endedAttempt(cloud, clock.now(), clock.now(), { outcome: step as 'ok' }), true)
            expected -= 1
          }
          assert.equal(book.inFlight(cloud), expected)
          assert.equal(book.inFlight(own), 0)
        }
      }),
    )
  })
})

describe('expected cost', () => {
  it('is the price of the prompt and of as many output tokens as the target usually gives', () => {
    const { book, call } = bookOf()
    assert.equal(book.expectedCostNano(cloud, 1000), 1000 + 10 * 400)
    call(cloud, 10, false, { outputTokens: 100 })
    assert.equal(book.expectedCostNano(cloud, 1000), 1000 + 10 * 100)
    for (let index = 0; index < 60; index += 1) call(cloud, 10, false, { outputTokens: 300 })
    near(book.expectedCostNano(cloud, 0), 3000)
  })

  it('is machine time where the provider has a price per hour', () => {
    const { book, call } = bookOf()
    // 3.60 $ per hour are a tenth of a cent, 1e6 nano-dollars, per second.
    assert.equal(book.expectedCostNano(gpu, 1000), 2e6)
    for (let index = 0; index < 60; index += 1) call(gpu, 5500, false, { queuedMs: 500 })
    near(book.expectedCostNano(gpu, 1000), 5e6)
  })

  it('shares the machine’s time between the calls that it works on at once', () => {
    const { book, clock } = bookOf()
    for (let round = 0; round < 40; round += 1) {
      const startedAt = clock.now()
      for (let index = 0; index < 8; index += 1) book.attemptStart(gpu)
      clock.advance(4000)
      for (let index = 0; index < 8; index += 1) book.attemptEnd(endedAttempt(gpu, startedAt, clock.now()), false)
    }
    near(book.expectedCostNano(gpu, 1000), 0.5e6)
  })

  it('is the same for calls that wait for each other as for calls one by one', () => {
    const { book, clock } = bookOf()
    for (let round = 0; round < 40; round += 1) {
      const startedAt = clock.now()
      for (let index = 0; index < 4; index += 1) book.attemptStart(gpu)
      for (let index = 0; index < 4; index += 1) {
        clock.advance(1000)
        book.attemptEnd(endedAttempt(gpu, startedAt, clock.now(), { queuedMs: index * 1000 }), false)
      }
      clock.advance(60_000)
    }
    near(book.expectedCostNano(gpu, 1000), 1e6)
  })

  it('is nothing for one’s own server, and not known where the catalogue is at a loss', () => {
    const { book } = bookOf()
    assert.equal(book.expectedCostNano(own, 1000), 0)
    assert.equal(book.expectedCostNano({ ...cloud, model: 'unheard of' }, 1000), null)
  })
})

describe('what is kept', () => {
  it('has a bound: idle targets make room, busy ones do not', () => {
    const { book, clock, call } = bookOf()
    book.attemptStart(own)
    call(cloud, 100)
    for (let index = 0; index < 1500; index += 1) call({ ...cloud, model: `m${index}` }, 0)
    clock.advance(250)
    assert.equal(book.inFlight(own), 1)
    assert.equal(book.latency(cloud, false).samples, 0)
    assert.equal(book.latency({ ...cloud, model: 'm1499' }, false).samples, 1)
  })
})
