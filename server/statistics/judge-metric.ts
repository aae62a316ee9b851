import type { Answer, Interval, MetricSpec, MetricVerdict, NoiseFloor } from '../core/metric-verdict.ts'
import type { Blocks } from './blocks.ts'
import { describe, type Resampling } from './descriptive.ts'
import { type Bounds, boundsOf, type Evidence, shownAt } from './evidence.ts'
import { barOf, evidenceOf } from './evidence-of.ts'
import type { SideErrors } from './levels.ts'
import { type Outlook, outlookOf, roughly } from './more-pairs.ts'
import { whyOf } from './words.ts'

export interface MetricQuestion {
  spec: MetricSpec
  /** Decides nothing while there are no blocks. */
  optional: boolean
  blocks: Blocks
  /** Whether the blocks are pairs: one reply of each arm to the same request. */
  paired: boolean
  missing: number
  errors: SideErrors
  /** See `evidenceOf`. */
  late: boolean
  resampling: Resampling
  noise: NoiseFloor | null
}

export interface JudgedMetric {
  verdict: MetricVerdict
  /** What an undecided metric is heading for; `null` where nobody can tell, or where it is decided. */
  outlook: Outlook | null
}

/** Judges one metric by everything that there is of it. A function of its question alone. */
export function judgeMetric(question: MetricQuestion): JudgedMetric {
  const { spec, blocks, missing, errors } = question
  const evidence = evidenceOf(spec, blocks, question.late)
  const bounds = boundsOf(evidence, errors)
  const shown = shownAt(bounds, evidence.goodAbove)
  const decides = spec.margin !== null && !(question.optional && blocks.count === 0)
  const undecided = decides && !shown.nonInferior && !shown.worse
  const outlook = undecided ? outlookOf(evidence, blocks.count, errors) : null
  const interval = blocks.count === 0 ? null : intervalAt(evidence, bounds, errors)
  const morePairs = outlook === null ? null : inTraffic(outlook.more, blocks.count, missing)
  const descriptive = describe(spec, blocks, question)
  const measure = spec.shape === 'bounded' ? 'mean' : spec.shape === 'ratio-p50' ? 'median' : 'p95'
  const verdict: MetricVerdict = {
    ...spec,
    answer: decides ? answerOf(shown) : null,
    pairs: blocks.count,
    missing,
    baseline: descriptive.baseline[measure],
    candidate: descriptive.candidate[measure],
    estimate: evidence.estimate,
    interval,
    bar: spec.margin === null ? null : barOf(spec),
    morePairs,
    why: whyOf({ spec, interval, ...shown, morePairs, pairs: blocks.count }),
    descriptive,
    noise: question.noise,
  }
  return { verdict, outlook: outlook === null ? null : { ...outlook, more: morePairs! } }
}

/** The primary's second replies in the place of the candidate's. `null` without any. */
export function noiseFloor(spec: MetricSpec, blocks: Blocks, errors: SideErrors): NoiseFloor | null {
  if (blocks.count === 0) return null
  const evidence = evidenceOf(spec, blocks, false)
  return {
    pairs: blocks.count,
    estimate: evidence.estimate,
    interval: intervalAt(evidence, boundsOf(evidence, errors), errors),
  }
}

/** `worse` prevails: where both were shown the difference has moved, and it is the answer that does no harm. */
export function answerOf({ nonInferior, worse }: { nonInferior: boolean; worse: boolean }): Answer {
  if (worse) return 'worse'
  return nonInferior ? 'non-inferior' : 'not-enough-data'
}

export function intervalAt(evidence: Evidence, { lower, upper }: Bounds, { nonInferior, worse }: SideErrors): Interval {
  const [lowerError, upperError] = evidence.goodAbove ? [nonInferior, worse] : [worse, nonInferior]
  return {
    lower: lower === null ? null : evidence.valueAt(lower),
    upper: upper === null ? null : evidence.valueAt(upper),
    lowerError,
    upperError,
    level: 1 - lowerError - upperError,
  }
}

/** So many pairs with the metric, counted in pairs of the traffic as it is, some of which lack it. */
function inTraffic(more: number, present: number, missing: number): number {
  return roughly((more * (present + missing)) / present)
}
