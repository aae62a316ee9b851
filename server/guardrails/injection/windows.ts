import type { Segments } from './segments.ts'

/** So many segments are looked at together. */
export const SPANS = [1, 2, 4, 8, 32] as const
/** Keeps windows with few features from weighing much. */
const SMOOTHING = 8
/** Shorter windows are left to the longer ones around them. */
const FEWEST_TOKENS = 3

/** With so many features a window's sum is divided by this. */
export function scaleOf(features: number): number {
  return 1 / Math.sqrt(features + SMOOTHING)
}

/** Calls with the tokens and segments of each window of `span` segments, in order. */
export function eachWindow(segments: Segments, span: number, visit: (from: number, to: number) => void): void {
  const step = span > 2 ? span / 2 : 1
  for (let first = 0; first < segments.count; first += step) {
    const last = Math.min(first + span, segments.count)
    const from = segments.from[first]!
    const to = segments.from[last]!
    if (to - from >= FEWEST_TOKENS || segments.count <= span) visit(from, to)
    if (last === segments.count) return
  }
}
