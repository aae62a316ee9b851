import type { SideErrors } from './levels.ts'

/**
 * What the pairs so far show of one metric: of which values it is shown that the truth lies above, and of which that it lies
 * below. The values form a grid on which position 0 is the bar, so that an interval searched on it and an answer at the bar
 * can never disagree.
 *
 * `above(p, error)` is true for a value the truth does not exceed with a probability of at most `error`, at all looks
 * together; what is above a value is above all smaller ones; and more pairs never take back what was shown. `below` likewise.
 */
export interface Evidence {
  /** Whether a value above the bar is the good side. */
  readonly goodAbove: boolean
  /** Where the grid begins and ends; both finite, first ≤ 0 ≤ last. */
  readonly first: number
  readonly last: number
  valueAt(position: number): number
  above(position: number, error: number): boolean
  below(position: number, error: number): boolean
  /** About how many more pairs until it is shown at the bar; `null`: nobody can tell, or not as the pairs go so far. */
  moreUntilAbove(error: number): number | null
  moreUntilBelow(error: number): number | null
  /** The best guess of the true value. */
  readonly estimate: number | null
}

/** Positions of the grid between which the truth lies, both ruled out themselves; `null`: nothing is, on that side. */
export interface Bounds {
  lower: number | null
  upper: number | null
}

export function boundsOf(evidence: Evidence, errors: SideErrors): Bounds {
  const { first, last, goodAbove } = evidence
  const [above, below] = goodAbove ? [errors.nonInferior, errors.worse] : [errors.worse, errors.nonInferior]
  const lower = greatest((position) => evidence.above(position, above), first, last)
  const upper = greatest((position) => evidence.below(-position, below), -last, -first)
  return { lower, upper: upper === null ? null : -upper }
}

/** The greatest whole number in [first, last] that `holds`, which holds for all smaller ones too. Looks at 0 first. */
function greatest(holds: (position: number) => boolean, first: number, last: number): number | null {
  const atBar = holds(0)
  let [low, high] = atBar ? [0, last + 1] : [first - 1, 0]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle
  }
  return low < first ? null : low
}

/** Whether "non-inferior" and "worse" are shown. Both may be, where the truth moved between looks. */
export function shownAt(bounds: Bounds, goodAbove: boolean): { nonInferior: boolean; worse: boolean } {
  const above = bounds.lower !== null && bounds.lower >= 0
  const below = bounds.upper !== null && bounds.upper <= 0
  return goodAbove ? { nonInferior: above, worse: below } : { nonInferior: below, worse: above }
}
