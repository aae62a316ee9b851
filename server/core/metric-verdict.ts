/**
 * What a comparison of a candidate with the primary ("baseline") says, as the admin API, the command line and the UI show
 * it. Every value survives JSON: what cannot be told is `null`, never infinite.
 *
 * One metric is held against one bar, fixed before the first pair was seen. Its true value lies on one side of the bar or on
 * the other: `non-inferior` says that it is shown to lie on the good side, `worse` that it is shown to lie on the bad one.
 * Both are safe whenever and however often somebody looks; an answer, once given, does not come back to
 * `not-enough-data`, though `non-inferior` becomes `worse` where later pairs show it.
 */

export type Answer = 'non-inferior' | 'worse' | 'not-enough-data'

/**
 * How a metric is compared.
 *
 * - `bounded`: values 0..1 (a success, a score, a vote), by the mean of the paired differences.
 * - `ratio-p50`: values ≥ 0 where less is better (a time, tokens, a cost), by the typical paired ratio: the one that as many
 *   pairs lie above as below.
 * - `ratio-p95`: values ≥ 0 where less is better, by the ratio of the two 95th percentiles.
 */
export type MetricShape = 'bounded' | 'ratio-p50' | 'ratio-p95'

/** A metric and how much worse the candidate may be by it. To be fixed before the first pair. */
export interface MetricSpec {
  /** Tells it from the others of a comparison. */
  readonly id: string
  /** For people. */
  readonly label: string
  readonly shape: MetricShape
  /** Which end of the scale is good. Ratios are always `lower`. */
  readonly better: 'higher' | 'lower'
  /**
   * How much worse the candidate may be: of `bounded` in the metric's own unit (0.02: two points of a hundred), of ratios
   * relatively (0.1: ten percent more). `null`: the metric is shown and decides nothing. With 0 a candidate that is just as
   * good never gets an answer, for it lies on the bar.
   */
  readonly margin: number | null
}

/**
 * Where the true value lies: above `lower` and below `upper`, both already ruled out themselves. Holds at every look at once
 * (a confidence sequence) and never widens. The two ends may be of different levels, as "worse" is corrected for many metrics
 * and "non-inferior" need not be.
 */
export interface Interval {
  /** `null`: nothing is ruled out on this side yet. */
  lower: number | null
  upper: number | null
  /** Probability that the true value was ever at or below a `lower` that was shown; at most. */
  lowerError: number
  upperError: number
  /** Probability that both ends hold at every look: 1 - lowerError - upperError. */
  level: number
}

/** Where one arm's replies lie. `null` where there are none. */
export interface Summary {
  mean: number | null
  median: number | null
  p95: number | null
}

/** An interval of the ordinary kind, right for one look at a size fixed beforehand. */
export interface FixedInterval {
  estimate: number
  lower: number
  upper: number
}

/**
 * Statistics for one look at a fixed number of pairs. They stand beside the answer for readers who know them and never decide
 * anything: whoever looks after every pair finds what he looks for.
 */
export interface Descriptive {
  baseline: Summary
  candidate: Summary
  /** Where every value is 0 or 1. */
  mcnemar: {
    /** Pairs in which only the baseline has 1. */
    onlyBaseline: number
    /** Pairs in which only the candidate has 1. */
    onlyCandidate: number
    /** Exact, two-sided. */
    pValue: number
  } | null
  /** Of ratios, over all traffic: candidate minus baseline in the metric's own unit, 95 %, by paired bootstrap. */
  bootstrap: {
    medianDifference: FixedInterval
    p95Difference: FixedInterval
    /** The newest pairs, as many as these, were resampled. */
    pairs: number
  } | null
}

/** The primary against itself: a second reply of it in the place of the candidate's. */
export interface NoiseFloor {
  /** Pairs that have a second reply of the primary with this metric. */
  pairs: number
  /** As `MetricVerdict.estimate`, for the primary's second reply. */
  estimate: number | null
  interval: Interval | null
}

export interface MetricVerdict {
  id: string
  label: string
  shape: MetricShape
  better: 'higher' | 'lower'
  margin: number | null
  /** `null` for a metric that decides nothing: without a margin, or optional and no pair has it yet. */
  answer: Answer | null
  /** Pairs that have the metric on both sides. */
  pairs: number
  /** Pairs that lack it on one side or on both. */
  missing: number
  /** The mean, the median or the 95th percentile, by shape, over the pairs that have both; in the metric's own unit. */
  baseline: number | null
  candidate: number | null
  /**
   * Of `bounded`: the mean difference, turned so that more is better for the candidate. Of ratios: candidate / baseline, so
   * less is better.
   */
  estimate: number | null
  /**
   * Of the true value that `estimate` estimates. As its ends are the best of all looks, an estimate that strays may for a
   * while lie outside.
   */
  interval: Interval | null
  /**
   * What the interval is held against: -margin, or 1 + margin for ratios. `bounded` is non-inferior where `lower` ≥ bar, worse
   * where `upper` ≤ bar; ratios the other way round.
   */
  bar: number | null
  /** About so many more pairs of this traffic until an answer, four times in five; `null`: given already, or nobody can tell. */
  morePairs: number | null
  /** One or two sentences for people. */
  why: string
  descriptive: Descriptive
  /** `null` where no pair has a second reply of the primary with this metric. */
  noise: NoiseFloor | null
}

/** Whether the candidate's replies differ more from the primary's than the primary's own second replies do. */
export type ChangeAnswer = 'no-more' | 'more' | 'not-enough-data'

/** How different the contents are: 0 identical … 1 wholly other. Decides nothing. */
export interface ChangeVerdict {
  /** Pairs that have both. */
  pairs: number
  /** Mean change of the candidate's replies over all pairs that have it. */
  candidate: number | null
  /** Mean change of the primary's second replies over all pairs that have it. */
  self: number | null
  /** Candidate's minus the primary's own, over the pairs that have both. */
  estimate: number | null
  interval: Interval | null
  /** So much more counts as no more. */
  margin: number
  answer: ChangeAnswer
  morePairs: number | null
  why: string
}

/** The verdict over all traffic, or over one cohort of it. */
export interface CohortVerdict {
  /** `null`: all traffic. */
  cohort: string | null
  answer: Answer
  morePairs: number | null
  why: string
  pairs: number
  /** Ids of the metrics that decide: those with an answer. */
  decisive: readonly string[]
  /** Probability of any false overall answer here at any look; at most. */
  alpha: number
  metrics: readonly MetricVerdict[]
  /** `null` where it was not asked for. */
  change: ChangeVerdict | null
}

export interface ComparisonVerdict {
  /** Of all traffic; the cohorts together have as much again. */
  alpha: number
  all: CohortVerdict
  /** In the order in which they appeared, which is what their levels go by. */
  cohorts: readonly CohortVerdict[]
}
