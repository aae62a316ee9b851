import type { Evidence } from './evidence.ts'
import type { SideErrors } from './levels.ts'

/** Beyond so many, or so many times the pairs so far, a forecast is a fancy. */
const MOST_MORE = 1_000_000
const MOST_TIMES = 100

/** What the pairs so far are heading for, and about when they get there. */
export interface Outlook {
  heading: 'non-inferior' | 'worse'
  /** In pairs that have the metric. */
  more: number
}

/**
 * The answer that comes first if the pairs go on as so far, four times in five. `null` where nobody can tell: too few pairs,
 * or the difference lies so near to the bar that it would take more than a million, or than a hundred times those so far.
 */
export function outlookOf(evidence: Evidence, pairs: number, errors: SideErrors): Outlook | null {
  if (pairs === 0) return null
  const good = evidence.goodAbove
    ? evidence.moreUntilAbove(errors.nonInferior)
    : evidence.moreUntilBelow(errors.nonInferior)
  const bad = evidence.goodAbove ? evidence.moreUntilBelow(errors.worse) : evidence.moreUntilAbove(errors.worse)
  const first: Outlook =
    (good ?? Infinity) <= (bad ?? Infinity)
      ? { heading: 'non-inferior', more: good ?? Infinity }
      : { heading: 'worse', more: bad ?? Infinity }
  return first.more > Math.min(MOST_MORE, MOST_TIMES * pairs) ? null : first
}

/** To two significant digits, up. */
export function roughly(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1)
  return Math.ceil(count / unit) * unit
}
