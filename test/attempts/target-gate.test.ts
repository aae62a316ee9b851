import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type StandingName, TargetGate } from '../../server/attempts/target-gate.ts'
import type { BreakerPolicy, Target } from '../../server/core/policy.ts'
import { type FakeClock, fakeClock } from '../support/fake-clock.ts'

const POLICY: BreakerPolicy = { failures: 3, errorShare: 0.5, windowMs: 30_000, cooldownMs: 10_000 }
const target = (model: string, provider = 'up'): Target => ({ provider, model, weight: 1 })
const ONE = target('one')
const OTHER = target('other')

function bench() {
  const clock = fakeClock(5000)
  const gate = new TargetGate(clock)
  const changes: string[] = []
  gate.onChange(({ provider, model }, name) => changes.push(`${provider}/${model ?? '*'} ${name}`))
  const fail = (which: Target, policy: BreakerPolicy | null, times = 3) => {
    for (let n = 0; n < times; n += 1) gate.enter(which, policy).pass!.end('failed')
  }
  const name = (which: Target, policy: BreakerPolicy | null = POLICY) => gate.standing(which, policy).name
  return { clock, gate, changes, fail, name }
}

describe('the gate before targets', () => {
  it('keeps callers from a target whose breaker is open, and says why and until when', () => {
    const { clock, gate, fail } = bench()
    gate.enter(ONE, POLICY).pass!.end('ok')
    fail(ONE, POLICY)
    const { pass, standing } = gate.enter(ONE, POLICY)
    assert.equal(pass, null)
    assert.deepEqual(standing, {
      name: 'open',
      refuses: true,
      lastChance: false,
      untilMs: clock.now() + 10_000,
      why: '3 of 4 attempts failed in 30 s',
      failures: 3,
      attempts: 4,
    })
    assert.equal(gate.standing(OTHER, POLICY).name, 'ready')
  })

  it('has one breaker for routes with equal settings, and tells each what every call taught', () => {
    const { fail, name } = bench()
    const stricter = { ...POLICY, failures: 2 }
    fail(ONE, { ...POLICY }, 2)
    assert.equal(name(ONE, POLICY), 'ready')
    assert.equal(name(ONE, stricter), 'ready', 'nobody had asked under this policy yet')
    const gate = bench()
    gate.gate.enter(ONE, stricter).pass!.end('ok')
    gate.fail(ONE, null, 2)
    assert.equal(gate.name(ONE, stricter), 'open', 'calls without a breaker count as well')
    fail(ONE, { ...POLICY }, 1)
    assert.equal(name(ONE, POLICY), 'open')
  })

  it('counts a pass once', () => {
    const { gate, name } = bench()
    const { pass } = gate.enter(ONE, POLICY)
    for (let n = 0; n < 9; n += 1) pass!.end('failed')
    assert.deepEqual([gate.standing(ONE, POLICY).failures, name(ONE)], [1, 'ready'])
  })

  it('takes nothing when it is only looked at', () => {
    const { clock, gate, fail, name } = bench()
    fail(ONE, POLICY)
    clock.advance(10_000)
    for (let n = 0; n < 5; n += 1) assert.equal(name(ONE), 'half-open')
    const trial = gate.enter(ONE, POLICY)
    assert.notEqual(trial.pass, null)
    assert.equal(gate.standing(ONE, POLICY).why, 'a trial call is under way')
    assert.equal(gate.enter(ONE, POLICY).pass, null)
  })

  it('tells that a target is cooling, for five minutes at most, and refuses nobody for it', () => {
    const { clock, gate, name } = bench()
    gate.cool(ONE, 86_400_000)
    const { pass, standing } = gate.enter(ONE, null)
    assert.notEqual(pass, null)
    assert.deepEqual([standing.name, standing.untilMs], ['cooling', clock.now() + 300_000])
    gate.cool(ONE, 1000)
    clock.advance(299_999)
    assert.equal(name(ONE, null), 'cooling')
    clock.advance(1)
    assert.equal(name(ONE, null), 'ready')
  })

  it('puts a half-open target that is cooling last rather than first', () => {
    const { clock, gate, fail, name } = bench()
    fail(ONE, POLICY)
    clock.advance(10_000)
    gate.cool(ONE, 5000)
    assert.equal(name(ONE), 'cooling')
    assert.notEqual(gate.enter(ONE, POLICY).pass, null)
    assert.equal(name(ONE), 'half-open', 'the trial is taken')
    assert.equal(gate.enter(ONE, POLICY).pass, null)
  })

  it('drains a model or a provider, whatever the policy, and leaves calls under way alone', () => {
    const { gate, name } = bench()
    const underWay = gate.enter(ONE, POLICY).pass!
    gate.drain('up', 'one', true)
    assert.deepEqual([name(ONE, null), name(OTHER, null)], ['drained', 'ready'])
    assert.equal(gate.enter(ONE, null).pass, null)
    gate.drain('up', null, true)
    assert.deepEqual([name(ONE), name(OTHER), name(target('one', 'elsewhere'))], ['drained', 'drained', 'ready'])
    assert.deepEqual(gate.drains(), [
      { provider: 'up', model: 'one' },
      { provider: 'up', model: null },
    ])
    underWay.end('failed')
    gate.drain('up', null, false)
    assert.deepEqual([name(ONE), name(OTHER)], ['drained', 'ready'])
    gate.drain('up', 'one', false)
    assert.equal(gate.standing(ONE, POLICY).failures, 1)
    assert.deepEqual(gate.drains(), [])
  })

  it('refuses calls to a provider that is down until it is up, and then lets its breakers try at once', () => {
    const { gate, fail, name } = bench()
    fail(ONE, POLICY)
    fail(target('one', 'elsewhere'), POLICY)
    gate.reportHealth('up', false, 'connection refused')
    assert.equal(gate.enter(OTHER, null).pass, null)
    assert.deepEqual([gate.standing(OTHER, null).name, gate.standing(OTHER, null).why], ['down', 'connection refused'])
    gate.reportHealth('up', true, null)
    assert.deepEqual([name(ONE), name(OTHER), name(target('one', 'elsewhere'))], ['half-open', 'ready', 'open'])
  })

  it('names the providers that are worth probing', () => {
    const { clock, gate, fail } = bench()
    fail(ONE, POLICY)
    fail(target('a', 'second'), POLICY, 2)
    gate.reportHealth('third', false, null)
    assert.deepEqual(gate.troubled().sort(), ['third', 'up'])
    gate.reportHealth('third', true, null)
    clock.advance(10_000)
    assert.deepEqual(gate.troubled(), [])
  })

  it('tells of changes through outcomes, drains and probes, and not of those by time', () => {
    const { clock, gate, changes, fail } = bench()
    const told = () => changes.splice(0)
    fail(ONE, POLICY)
    assert.deepEqual(told(), ['up/one open'])
    clock.advance(10_000)
    gate.enter(ONE, POLICY).pass!.end('failed')
    assert.deepEqual(told(), ['up/one open'])
    gate.reportHealth('up', false, null)
    gate.reportHealth('up', false, null)
    gate.reportHealth('up', true, null)
    assert.deepEqual(told(), ['up/* down', 'up/* ready', 'up/one half-open'])
    for (let n = 0; n < 3; n += 1) gate.enter(ONE, POLICY).pass!.end('ok')
    assert.deepEqual(told(), ['up/one ready'])
    gate.cool(ONE, 1000)
    gate.drain('up', 'one', true)
    gate.drain('up', 'one', true)
    gate.drain('up', 'one', false)
    assert.deepEqual(told(), ['up/one cooling', 'up/one drained', 'up/one cooling'])
  })

  it('forgets the targets that were called the longest time ago', () => {
    const { gate, fail, name } = bench()
    fail(ONE, POLICY)
    fail(OTHER, POLICY)
    for (let n = 0; n < 999; n += 1) {
      gate.enter(target(`model-${n}`), POLICY).pass!.end('ok')
      gate.enter(OTHER, POLICY)
    }
    assert.deepEqual([name(ONE), name(OTHER)], ['ready', 'open'])
  })
})

type Step = [kind: 'call' | 'failed' | 'ok' | 'cool' | 'drain' | 'undrain' | 'down' | 'up' | 'wait', which: number]
const kinds = ['call', 'call', 'failed', 'failed', 'ok', 'cool', 'drain', 'undrain', 'down', 'up', 'wait'] as const
const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...kinds), fc.nat(3))

function apply(gate: TargetGate, clock: FakeClock, [kind, which]: Step): void {
  const model = which % 2 === 0 ? 'one' : 'other'
  if (kind === 'cool') gate.cool(target(model), which * 1000)
  else if (kind === 'drain' || kind === 'undrain') gate.drain('up', which < 2 ? model : null, kind === 'drain')
  else if (kind === 'down' || kind === 'up') gate.reportHealth('up', kind === 'up', null)
  else if (kind === 'wait') clock.advance(which * 4000)
  else gate.enter(target(model), POLICY).pass?.end(kind === 'call' ? 'neutral' : kind)
}

describe('any sequence of calls, drains, probes and pauses', () => {
  it('never refuses without a breaker but for drains and what is down', () => {
    const refusing = new Set<StandingName>(['drained', 'down'])
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const clock = fakeClock()
        const gate = new TargetGate(clock)
        for (const step of steps) {
          apply(gate, clock, step)
          for (const which of [ONE, OTHER]) {
            const { name } = gate.standing(which, null)
            const { pass } = gate.enter(which, null)
            assert.equal(pass === null, refusing.has(name))
            assert.ok(refusing.has(name) || name === 'ready' || name === 'cooling')
            pass?.end('neutral')
          }
        }
      }),
      { seed: 2, numRuns: 200 },
    )
  })

  it('refuses just when the standing says so, and never has two trials', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const clock = fakeClock()
        const gate = new TargetGate(clock)
        for (const step of steps) {
          apply(gate, clock, step)
          const { name } = gate.standing(ONE, POLICY)
          const first = gate.enter(ONE, POLICY).pass
          assert.equal(first === null, ['drained', 'down', 'open'].includes(name))
          if (name === 'half-open') assert.equal(gate.enter(ONE, POLICY).pass, null)
          first?.end('neutral')
        }
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('tells of every change but those by time', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const clock = fakeClock()
        const gate = new TargetGate(clock)
        let told: StandingName | null = null
        gate.onChange(({ model }, name) => {
          if (model === 'one') told = name
        })
        for (const step of steps) {
          const before = gate.standing(ONE, POLICY).name
          told = null
          apply(gate, clock, step)
          const after = gate.standing(ONE, POLICY).name
          // Of what happens to the whole provider it is told as a whole.
          const whole = ['down', 'up'].includes(step[0]) || (step[0].endsWith('drain') && step[1] >= 2)
          if (step[0] === 'wait' || (whole && told === null)) continue
          if (before !== 'cooling' && after !== 'cooling') assert.equal(told, after === before ? null : after)
        }
      }),
      { seed: 4, numRuns: 200 },
    )
  })
})
