import type { FixedInterval } from '../core/metric-verdict.ts'
import { rankOf } from './quantiles.ts'
import { SeededRandom } from './random.ts'

/** Of more pairs the newest are taken: a thousand resamples of all would take seconds. */
const MOST_PAIRS = 5000
const TAIL = 0.025

export interface Bootstrap {
  medianDifference: FixedInterval
  p95Difference: FixedInterval
  /** As many pairs as were resampled. */
  pairs: number
}

/**
 * Percentile intervals, 95 %, of the differences candidate minus baseline of the medians and of the 95th percentiles: pairs
 * are drawn with replacement, so what a pair has in common stays together (Efron and Tibshirani 1993, An Introduction to the
 * Bootstrap, 13). Not BCa: its acceleration comes from the jackknife, which fails for quantiles. The columns hold the same
 * pairs in order of time, at least one.
 */
export function bootstrap(
  baseline: Float64Array,
  candidate: Float64Array,
  { seed, resamples }: { seed: number; resamples: number },
): Bootstrap {
  const arms = [ranked(baseline.slice(-MOST_PAIRS)), ranked(candidate.slice(-MOST_PAIRS))] as const
  const pairs = arms[0].sorted.length
  const random = new SeededRandom(seed)
  const medians = new Float64Array(resamples)
  const p95s = new Float64Array(resamples)
  const counts = [new Uint16Array(pairs), new Uint16Array(pairs)] as const
  for (let resample = 0; resample < resamples; resample += 1) {
    for (const list of counts) list.fill(0)
    for (let draw = 0; draw < pairs; draw += 1) {
      const pair = random.below(pairs)
      counts[0][arms[0].ranks[pair]!]! += 1
      counts[1][arms[1].ranks[pair]!]! += 1
    }
    medians[resample] = drawnQuantile(arms[1], counts[1], 0.5) - drawnQuantile(arms[0], counts[0], 0.5)
    p95s[resample] = drawnQuantile(arms[1], counts[1], 0.95) - drawnQuantile(arms[0], counts[0], 0.95)
  }
  const difference = (share: number) => arms[1].sorted[rankOf(share, pairs)]! - arms[0].sorted[rankOf(share, pairs)]!
  return {
    medianDifference: { estimate: difference(0.5), ...ends(medians) },
    p95Difference: { estimate: difference(0.95), ...ends(p95s) },
    pairs,
  }
}

interface Ranked {
  sorted: Float64Array
  /** Place of each pair's value in `sorted`. */
  ranks: Int32Array
}

function ranked(values: Float64Array): Ranked {
  const order = Int32Array.from(values, (_, index) => index).sort((one, other) => values[one]! - values[other]!)
  const ranks = new Int32Array(values.length)
  order.forEach((pair, rank) => {
    ranks[pair] = rank
  })
  return { sorted: values.toSorted(), ranks }
}

/** The quantile of a resample, given how often each rank was drawn. */
function drawnQuantile({ sorted }: Ranked, counts: Uint16Array, share: number): number {
  const rank = rankOf(share, sorted.length)
  let below = 0
  let place = -1
  while (below <= rank) {
    place += 1
    below += counts[place]!
  }
  return sorted[place]!
}

function ends(values: Float64Array): { lower: number; upper: number } {
  const sorted = values.toSorted()
  return { lower: sorted[rankOf(TAIL, sorted.length)]!, upper: sorted[rankOf(1 - TAIL, sorted.length)]! }
}
