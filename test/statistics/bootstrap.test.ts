import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bootstrap } from '../../server/statistics/bootstrap.ts'
import { quantileOf } from '../../server/statistics/quantiles.ts'
import { SeededRandom } from '../../server/statistics/random.ts'

function times(count: number, ratio: number, seed: number): Float64Array {
  const random = new SeededRandom(seed)
  return Float64Array.from({ length: count }, () => Math.round((100 * ratio) / (1 - random.next())))
}

test('it is what drawing pairs and sorting them anew gives', () => {
  const [baseline, candidate] = [times(73, 1, 1), times(73, 1.4, 2)]
  const random = new SeededRandom(5)
  const medians: number[] = []
  const p95s: number[] = []
  for (let resample = 0; resample < 200; resample += 1) {
    const pairs = Array.from({ length: 73 }, () => random.below(73))
    const quantile = (values: Float64Array, share: number) =>
      quantileOf(
        Float64Array.from(pairs, (pair) => values[pair]!),
        share,
      )!
    medians.push(quantile(candidate, 0.5) - quantile(baseline, 0.5))
    p95s.push(quantile(candidate, 0.95) - quantile(baseline, 0.95))
  }
  const result = bootstrap(baseline, candidate, { seed: 5, resamples: 200 })
  for (const [list, interval] of [
    [medians, result.medianDifference],
    [p95s, result.p95Difference],
  ] as const) {
    list.sort((one, other) => one - other)
    assert.deepEqual([interval.lower, interval.upper], [list[4], list[194]])
  }
  assert.equal(result.medianDifference.estimate, quantileOf(candidate, 0.5)! - quantileOf(baseline, 0.5)!)
})

test('arms that are alike differ by nothing, and one pair is enough', () => {
  const same = times(50, 1, 3)
  const none = { estimate: 0, lower: 0, upper: 0 }
  assert.deepEqual(bootstrap(same, same, { seed: 1, resamples: 50 }).p95Difference, none)
  const single = bootstrap(Float64Array.of(1), Float64Array.of(4), { seed: 1, resamples: 10 })
  assert.deepEqual(single.medianDifference, { estimate: 3, lower: 3, upper: 3 })
})

test('of more than 5,000 pairs the newest are taken', () => {
  const old = new Float64Array(3000).fill(1e6)
  const values = Float64Array.of(...old, ...times(5000, 1, 4))
  const [whole, newest] = [values, values.slice(3000)].map((baseline) =>
    bootstrap(baseline, new Float64Array(baseline.length), { seed: 2, resamples: 20 }),
  )
  assert.deepEqual(whole, newest)
  assert.equal(whole!.pairs, 5000)
})

test('the interval of a median holds the truth about as often as it says', () => {
  let held = 0
  for (let run = 0; run < 200; run += 1) {
    const random = new SeededRandom(run)
    const baseline = Float64Array.from({ length: 100 }, () => random.next())
    const candidate = Float64Array.from({ length: 100 }, () => random.next() + 0.2)
    const { lower, upper } = bootstrap(baseline, candidate, { seed: run, resamples: 200 }).medianDifference
    if (lower <= 0.2 && upper >= 0.2) held += 1
  }
  assert.ok(held > 180 && held < 200, String(held))
})
