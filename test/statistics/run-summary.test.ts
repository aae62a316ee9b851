import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ArmResult } from '../../server/core/experiment.ts'
import { meanInterval, studentQuantile } from '../../server/statistics/mean-interval.ts'
import { summarizeRun } from '../../server/statistics/run-summary.ts'

const near = (actual: number | null, expected: number, tolerance: number) =>
  assert.ok(actual !== null && Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`)

function resultOf(measures: Record<string, number | null>, error: string | null = null): ArmResult {
  return { requestId: null, target: 'a/b', outcome: error === null ? 'ok' : 'error', error, measures }
}

describe('the interval of a mean', () => {
  it('has Student’s quantiles, as tables print them', () => {
    for (const [freedom, quantile] of [
      [1, 12.7062],
      [2, 4.30265],
      [5, 2.57058],
      [9, 2.26216],
      [10, 2.22814],
      [11, 2.20099],
      [15, 2.13145],
      [30, 2.04227],
      [60, 2.0003],
      [120, 1.97993],
      [1e9, 1.95996],
    ] as const)
      near(studentQuantile(freedom), quantile, 1e-4)
  })

  it('is Wilson’s for what is 0 or 1', () => {
    // Agresti and Coull 1998: 0 of 10 and 9 of 10.
    const none = meanInterval(Array(10).fill(0))
    assert.equal(none.method, 'wilson')
    near(none.lower, 0, 1e-12)
    near(none.upper, 0.27753, 1e-4)
    const most = meanInterval([...Array(9).fill(1), 0])
    near(most.lower, 0.59585, 1e-4)
    near(most.upper, 0.98212, 1e-4)
  })

  it('is Student’s for everything else, within 0 and 1', () => {
    const values = [0.2, 0.4, 0.6, 0.8, 0.5]
    const interval = meanInterval(values)
    // Mean 0.5, standard deviation 0.2236068, so 2.776445 * 0.1 to either side.
    assert.equal(interval.method, 't')
    near(interval.mean, 0.5, 1e-12)
    near(interval.lower, 0.2223555, 1e-6)
    near(interval.upper, 0.7776445, 1e-6)
    const wide = meanInterval([0.01, 0.99])
    assert.deepEqual([wide.lower, wide.upper], [0, 1])
    assert.deepEqual(meanInterval([0.3]), { n: 1, mean: 0.3, lower: null, upper: null, method: 't' })
    assert.deepEqual(meanInterval([]), { n: 0, mean: null, lower: null, upper: null, method: 'wilson' })
  })
})

describe('the summary of a run', () => {
  const candidate = (latency: number, score: number | null) =>
    resultOf({ success: 1, latency, ttft: latency / 2, tokens: 10, cost: 0.25, 'score:a': score, 'score:b': 1 })
  const outcomes = [
    { fact: 'x', baseline: resultOf({ success: 1, latency: 50, tokens: 4, cost: null }), candidate: candidate(100, 1) },
    { fact: 'y', baseline: null, candidate: candidate(300, 0.5) },
    { fact: 'x', baseline: null, candidate: candidate(200, null) },
    { fact: null, baseline: null, candidate: resultOf({ success: 0 }, 'upstream_error') },
  ]

  it('tells both sides apart, and counts failures as such', () => {
    const { total, rows } = summarizeRun(outcomes, { evaluators: ['a'], by: null })
    assert.deepEqual(rows, [])
    const { candidate: arm, baseline } = total
    assert.deepEqual([total.n, arm.n, arm.success.mean, arm.success.n], [4, 4, 0.75, 4])
    assert.deepEqual([arm.scores.a!.n, arm.scores.a!.mean, Object.keys(arm.scores)], [2, 0.75, ['a']])
    assert.deepEqual([arm.latencyP50, arm.latencyP95, arm.ttftP50], [200, 300, 100])
    assert.deepEqual([arm.outputTokens, arm.costUsd], [30, 0.75])
    // What one reply cost is not known.
    assert.deepEqual([baseline!.n, baseline!.outputTokens, baseline!.costUsd], [1, 4, null])
  })

  it('puts the largest cohort first, and what has no such fact under a dash', () => {
    const { rows } = summarizeRun(outcomes, { evaluators: [], by: 'k' })
    assert.deepEqual(
      rows.map(({ value, n }) => [value, n]),
      [
        ['x', 2],
        ['-', 1],
        ['y', 1],
      ],
    )
    assert.equal(rows[0]!.baseline!.n, 1)
    assert.equal(rows[2]!.baseline, null)
  })
})
