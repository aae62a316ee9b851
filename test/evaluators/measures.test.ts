import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Measured } from '../../server/core/evaluation.ts'
import { limitScore } from '../../server/evaluators/limit.ts'
import { make, scoreNow, subjectOf } from './subject.ts'

function score(kind: string, options: Record<string, unknown>, measured: Partial<Measured>) {
  const nothing: Measured = { durationMs: null, ttftMs: null, costNano: null }
  return scoreNow(make(kind, options), subjectOf('x', { measured: { ...nothing, ...measured } }))
}

describe('a limit', () => {
  it('scores 1 up to its half, 0.5 at it and 0 from its double on, never more for more', () => {
    const at = (measured: number) => limitScore({ name: '', measured, max: 100 })
    assert.deepEqual([0, 50, 75, 100, 150, 200, 1e9].map(at), [1, 1, 0.75, 0.5, 0.25, 0, 0])
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (one, more) => {
        assert.ok(at(one) >= at(one + more))
        assert.ok(at(one) >= 0 && at(one) <= 1)
      }),
    )
  })
})

describe('latency', () => {
  it('passes what comes in time', () => {
    assert.deepEqual(score('latency', { max: '2s' }, { durationMs: 1500 }), {
      score: 0.75,
      passed: true,
      reason: 'The reply took 75 % of the time that it may take.',
    })
    assert.equal(score('latency', { max: 2000 }, { durationMs: 2001 })?.passed, false)
    assert.equal(score('latency', { max: '0.5m' }, { durationMs: 30_000 })?.score, 0.5)
  })

  it('takes the worse of two limits, and what is known of them', () => {
    const both = { max: '2s', ttft_max: '100ms' }
    assert.deepEqual(score('latency', both, { durationMs: 500, ttftMs: 120 }), {
      score: 0.4,
      passed: false,
      reason: 'Its first content took 120 % of the time that it may take.',
    })
    assert.equal(score('latency', both, { durationMs: 5000, ttftMs: 300 })?.score, 0)
    assert.equal(score('latency', both, { durationMs: 500 })?.passed, true)
    assert.equal(score('latency', { ttft_max: 100 }, { durationMs: 500 }), null)
  })
})

describe('cost', () => {
  it('passes what is cheap enough, and does not guess', () => {
    assert.deepEqual(score('cost', { max_usd: 0.01 }, { costNano: 10_000_000 }), {
      score: 0.5,
      passed: true,
      reason: 'The reply cost 100 % of what it may cost.',
    })
    assert.equal(score('cost', { max_usd: 0.01 }, { costNano: 10_000_001 })?.passed, false)
    assert.equal(score('cost', { max_usd: 0.01 }, { costNano: 0 })?.score, 1)
    assert.equal(score('cost', { max_usd: 0.01 }, {}), null)
  })
})
