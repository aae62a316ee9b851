import type { CohortVerdict, ComparisonVerdict, MetricSpec } from '../core/metric-verdict.ts'
import { type Column, isPresent, pairUp } from './blocks.ts'
import { type ChangeColumns, judgeChange } from './change.ts'
import { checkSpec, checkValue } from './evidence-of.ts'
import { judgeMetric, noiseFloor } from './judge-metric.ts'
import { cohortAlpha, sideErrors } from './levels.ts'
import { overall } from './overall.ts'

/** Probability of a false overall answer at any look, where nobody says otherwise. */
export const ALPHA = 0.05
const RESAMPLES = 1000

/**
 * One metric's values, one a pair, in the order in which the pairs came. A pair that lacks a value on one side is left out
 * for this metric and counted as missing. So whoever asks decides what a failed reply means: of "success" it is a 0; of
 * a latency or a score it is missing.
 */
export interface MetricColumns {
  spec: MetricSpec
  baseline: Column
  candidate: Column
  /** Of the primary's second reply to the same request, where one was asked for. */
  self?: Column
  /**
   * While no pair has it, it decides nothing and holds nothing up; with its first pair it joins, and an overall
   * `non-inferior` may wait again. It has its share of the error all along.
   */
  optional?: boolean
}

export interface ComparisonQuestion {
  /** How many there are: the length of every column. */
  pairs: number
  /** To be fixed before the first pair, margins and all. */
  metrics: readonly MetricColumns[]
  change?: ChangeColumns | null
  /**
   * Parts of the traffic, in the order in which each first appeared, with the rows that belong to it, ascending. A pair may
   * belong to several.
   */
  cohorts?: readonly { cohort: string; rows: ArrayLike<number> }[]
  alpha?: number
  /** Of the bootstrap, which alone draws lots. */
  seed?: number
  /** Of the bootstrap; 0 leaves it out. It is made for all traffic only. */
  resamples?: number
}

/**
 * Compares a candidate with the baseline by mirrored pairs. The same question has the same answer. May be asked after every
 * pair: see `core/metric-verdict.ts` for what is promised. Throws a RangeError for specs or values that make no sense.
 */
export function judgeComparison(question: ComparisonQuestion): ComparisonVerdict {
  const { alpha = ALPHA, cohorts = [] } = question
  if (!(alpha > 0 && alpha < 1)) throw new RangeError('alpha lies between 0 and 1')
  for (const metric of question.metrics) checkMetric(metric)
  return {
    alpha,
    all: judgeRows(question, { cohort: null, rows: null, alpha }),
    cohorts: cohorts.map(({ cohort, rows }, index) =>
      judgeRows(question, { cohort, rows, alpha: cohortAlpha(alpha, index) }),
    ),
  }
}

function judgeRows(
  { pairs: all, metrics, change, seed = 1, resamples = RESAMPLES }: ComparisonQuestion,
  { cohort, rows, alpha }: { cohort: string | null; rows: ArrayLike<number> | null; alpha: number },
): CohortVerdict {
  const decisive = metrics.filter(({ spec }) => spec.margin !== null).length
  const alone = sideErrors(alpha, 1)
  const pairs = rows === null ? all : rows.length
  const judged = metrics.map(({ spec, baseline, candidate, self, optional = false }) => {
    const blocks = pairUp(baseline, candidate, rows)
    return judgeMetric({
      spec,
      optional,
      blocks,
      paired: true,
      missing: pairs - blocks.count,
      errors: spec.margin === null ? alone : sideErrors(alpha, decisive),
      late: false,
      resampling: rows === null ? { seed, resamples } : null,
      noise: self === undefined ? null : noiseFloor(spec, pairUp(baseline, self, rows), alone),
    })
  })
  const changed = change ? judgeChange(change, rows, alone) : null
  return overall(judged, { cohort, pairs, alpha, change: changed })
}

function checkMetric({ spec, baseline, candidate, self = [] }: MetricColumns): void {
  checkSpec(spec)
  for (const column of [baseline, candidate, self])
    for (let row = 0; row < column.length; row += 1) {
      const value = column[row]
      if (isPresent(value)) checkValue(spec, value)
    }
}
