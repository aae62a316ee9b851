import type { ChangeVerdict, Interval } from '../core/metric-verdict.ts'
import { type Column, isPresent, pairUp } from './blocks.ts'
import { BoundedEvidence, meanOf } from './bounded.ts'
import { boundsOf, shownAt } from './evidence.ts'
import { intervalAt } from './judge-metric.ts'
import type { SideErrors } from './levels.ts'
import { outlookOf, roughly } from './more-pairs.ts'
import { count } from './words.ts'

/** How different each reply is from the primary's first one, 0..1, a value for each pair. */
export interface ChangeColumns {
  candidate: Column
  /** Of the primary's second reply, where one was asked for. */
  self: Column
  /** At least 0, less than 1. So much more than the primary's own counts as no more. */
  margin: number
}

/**
 * Whether the candidate's replies differ more from the primary's than those differ among themselves. A bounded metric in
 * which lower is better, with the primary's second reply as the baseline. By the pairs that have both, as those pairs alone are
 * asked the same.
 */
export function judgeChange(
  { candidate, self, margin }: ChangeColumns,
  rows: ArrayLike<number> | null,
  errors: SideErrors,
): ChangeVerdict {
  const blocks = pairUp(self, candidate, rows)
  const evidence = new BoundedEvidence(blocks, { better: 'lower', bar: -margin, late: false })
  const bounds = boundsOf(evidence, errors)
  const shown = shownAt(bounds, evidence.goodAbove)
  const answer = shown.worse ? 'more' : shown.nonInferior ? 'no-more' : 'not-enough-data'
  const outlook = answer === 'not-enough-data' ? outlookOf(evidence, blocks.count, errors) : null
  const pairs = rows === null ? candidate.length : rows.length
  const morePairs = outlook === null ? null : roughly((outlook.more * pairs) / blocks.count)
  return {
    pairs: blocks.count,
    candidate: meanOfColumn(candidate, rows),
    self: meanOfColumn(self, rows),
    estimate: evidence.estimate === null ? null : 0 - evidence.estimate,
    interval: blocks.count === 0 ? null : mirrored(intervalAt(evidence, bounds, errors)),
    margin,
    answer,
    morePairs,
    why: WHY[answer](morePairs),
  }
}

const WHY: Record<ChangeVerdict['answer'], (morePairs: number | null) => string> = {
  more: () => "The candidate's replies differ more from the primary's than its own second replies do.",
  'no-more': () => "The candidate's replies differ no more from the primary's than its own second replies do.",
  'not-enough-data': (morePairs) =>
    morePairs === null
      ? "Whether the candidate's replies differ more than the primary's own cannot be told yet."
      : `To tell whether the candidate's replies differ more takes about ${count(morePairs)} more pairs.`,
}

/** Of the negative. */
function mirrored({ lower, upper, lowerError, upperError, level }: Interval): Interval {
  return {
    lower: upper === null ? null : 0 - upper,
    upper: lower === null ? null : 0 - lower,
    lowerError: upperError,
    upperError: lowerError,
    level,
  }
}

function meanOfColumn(column: Column, rows: ArrayLike<number> | null): number | null {
  const values = (rows === null ? Array.from(column) : Array.from(rows, (row) => column[row])).filter(isPresent)
  return values.length === 0 ? null : meanOf(values, 0, values.length)
}
