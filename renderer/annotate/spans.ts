import type { MarkedSpan } from '../guardrails/quoted.tsx'
import type { Score } from './shapes.ts'

/** Places that speak against a reply, of all evaluators together: in order, what overlaps as one, with who says so. */
export function markedSpans(scores: readonly Score[], length: number): MarkedSpan[] {
  const found = scores
    .flatMap(({ evaluator, spans }) =>
      spans.map(([start = 0, end = 0]) => ({ start, end, names: new Set([evaluator]) })),
    )
    .filter(({ start, end }) => start < end && end <= length)
    .sort((one, other) => one.start - other.start)
  const merged: typeof found = []
  for (const span of found) {
    const last = merged.at(-1)
    if (last === undefined || span.start >= last.end) merged.push(span)
    else {
      last.end = Math.max(last.end, span.end)
      for (const name of span.names) last.names.add(name)
    }
  }
  return merged.map(({ start, end, names }) => ({ start, end, title: [...names].join(', ') }))
}
