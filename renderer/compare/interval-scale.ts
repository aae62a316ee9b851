/**
 * Where a metric's values stand on a plot on which right is always better for the candidate and the middle is no
 * difference. Ratios are drawn by their logarithm, so that half as much is as far from the middle as twice as much.
 */
import type { ChangeVerdict, Interval, MetricVerdict } from './shapes.ts'

/** What is drawn. `null` ends of an interval are open: nothing is ruled out there. */
export interface Plotted {
  /** How far a value is on the good side of no difference. */
  goodness(value: number): number
  /** The upper end of an interval is the bad one. */
  lessIsBetter: boolean
  estimate: number | null
  interval: Interval | null
  bar: number | null
  noise: { estimate: number | null; interval: Interval | null } | null
}

/** Percents from the left. An end is `null` where the interval goes on beyond the plot. */
export interface Span {
  from: number | null
  to: number | null
}

export interface IntervalScale {
  at(value: number): number
  span(interval: Interval): Span
}

/** How many margins a plot shows to each side at the least. */
const LEAST_MARGINS = 3
/** Room beside what is widest. */
const ROOM = 1.15
/** Of a metric without a margin that has no interval yet. */
const SOME = 0.1

export function plottedMetric({ shape, estimate, interval, bar, noise }: MetricVerdict): Plotted {
  const lessIsBetter = shape !== 'bounded'
  const goodness = lessIsBetter ? (ratio: number) => -Math.log(ratio) : (value: number) => value
  return { goodness, lessIsBetter, estimate, interval, bar, noise }
}

/** More change is no better and no worse, but further from what the primary does itself: left. */
export function plottedChange({ estimate, interval, margin }: ChangeVerdict): Plotted {
  return { goodness: (value) => -value, lessIsBetter: true, estimate, interval, bar: margin, noise: null }
}

/** As wide as it takes to show everything, in whole margins. */
export function scaleOf(plotted: Plotted): IntervalScale {
  const { goodness, lessIsBetter } = plotted
  const half = halfWidth(plotted)
  const place = (value: number) => 50 + (50 * goodness(value)) / half
  const end = (value: number | null) => {
    const at = value === null ? Number.NaN : place(value)
    return at >= 0 && at <= 100 ? at : null
  }
  return {
    at: (value) => Math.max(0, Math.min(100, place(value))),
    span: ({ lower, upper }) =>
      lessIsBetter ? { from: end(upper), to: end(lower) } : { from: end(lower), to: end(upper) },
  }
}

function halfWidth({ goodness, estimate, interval, bar, noise }: Plotted): number {
  const values = [estimate, interval?.lower, interval?.upper, noise?.estimate, noise?.interval?.lower]
  const known = [...values, noise?.interval?.upper].filter((value) => value !== null && value !== undefined)
  const widest = Math.max(0, ...known.map((value) => Math.abs(goodness(value))).filter(Number.isFinite)) * ROOM
  const margin = bar === null ? 0 : Math.abs(goodness(bar))
  if (margin === 0) return widest || SOME
  return margin * Math.max(LEAST_MARGINS, Math.ceil(widest / margin))
}
