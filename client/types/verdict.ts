/**
 * What a comparison says. `non-inferior` and `worse` hold whenever and however often one looks; what cannot be told is
 * `null`.
 */

export type Answer = 'non-inferior' | 'worse' | 'not-enough-data'

/** Where the true value lies: above `lower` and below `upper`; `null`: nothing is ruled out on this side. */
export interface Interval {
  lower: number | null
  upper: number | null
  lowerError: number
  upperError: number
  level: number
}

/** `null` where there are no replies. */
export interface Spread {
  mean: number | null
  median: number | null
  p95: number | null
}

/** Right for one look at a size fixed beforehand. */
export interface FixedInterval {
  estimate: number
  lower: number
  upper: number
}

/** For readers who know them; they decide nothing. */
export interface Descriptive {
  baseline: Spread
  candidate: Spread
  mcnemar: { onlyBaseline: number; onlyCandidate: number; pValue: number } | null
  bootstrap: { medianDifference: FixedInterval; p95Difference: FixedInterval; pairs: number } | null
}

/** The baseline against itself. */
export interface NoiseFloor {
  pairs: number
  estimate: number | null
  interval: Interval | null
}

export interface MetricVerdict {
  id: string
  label: string
  shape: 'bounded' | 'ratio-p50' | 'ratio-p95'
  better: 'higher' | 'lower'
  /** How much worse the candidate may be; `null`: it decides nothing. */
  margin: number | null
  answer: Answer | null
  pairs: number
  missing: number
  baseline: number | null
  candidate: number | null
  /** Of `bounded` the mean difference, where more is better for the candidate; of ratios candidate / baseline. */
  estimate: number | null
  interval: Interval | null
  /** What the interval is held against. */
  bar: number | null
  /** About so many more pairs until an answer. */
  morePairs: number | null
  why: string
  descriptive: Descriptive
  noise: NoiseFloor | null
}

export interface ChangeVerdict {
  pairs: number
  candidate: number | null
  self: number | null
  estimate: number | null
  interval: Interval | null
  margin: number
  answer: 'no-more' | 'more' | 'not-enough-data'
  morePairs: number | null
  why: string
}

export interface CohortVerdict {
  /** `null`: all traffic. */
  cohort: string | null
  answer: Answer
  morePairs: number | null
  why: string
  pairs: number
  /** Ids of the metrics that decide. */
  decisive: readonly string[]
  alpha: number
  metrics: readonly MetricVerdict[]
  change: ChangeVerdict | null
}

export interface Verdict {
  alpha: number
  all: CohortVerdict
  cohorts: readonly CohortVerdict[]
}
