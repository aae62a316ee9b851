/** Where each span of a trace stands: its depth in the tree and its place on the shared time axis. */
import type { SpanRow } from '../../server/http/admin/schemas.ts'

export interface PlacedSpan {
  span: SpanRow
  depth: number
  /** Shares of the axis, 0 to 1. */
  left: number
  width: number
  /** Share of the axis that it waited in a queue, from its start on. */
  queued: number
  /** Places of the span's events, shares of the axis. */
  ticks: readonly number[]
}

export interface Waterfall {
  spans: readonly PlacedSpan[]
  /** Length of the axis. */
  duration_ms: number
  start_ms: number
  /** Round values for the axis, milliseconds from its start. */
  marks: readonly number[]
}

/**
 * Children follow their parent, siblings by start time. A span whose parent is not in the trace (the caller's
 * own span, or one that was dropped) stands at the top.
 */
export function layOutWaterfall(spans: readonly SpanRow[]): Waterfall {
  const start_ms = Math.min(...spans.map((span) => span.start_ms))
  const end = Math.max(...spans.flatMap((span) => [span.end_ms, ...span.events.map((event) => event.time_ms)]))
  const duration_ms = spans.length === 0 ? 0 : Math.max(end - start_ms, 0.001)
  const share = (time: number) => Math.min(1, Math.max(0, (time - start_ms) / duration_ms))
  const placed: PlacedSpan[] = []

  const children = Map.groupBy(
    spans.toSorted((a, b) => a.start_ms - b.start_ms),
    (span) => span.parent_span_id,
  )
  const known = new Set(spans.map((span) => span.span_id))
  const placedIds = new Set<string>()
  const place = (span: SpanRow, depth: number) => {
    if (placedIds.has(span.span_id)) return
    placedIds.add(span.span_id)
    placed.push({
      span,
      depth,
      left: share(span.start_ms),
      width: share(span.end_ms) - share(span.start_ms),
      queued: share(span.start_ms + queueTime(span)) - share(span.start_ms),
      ticks: span.events.map((event) => share(event.time_ms)),
    })
    for (const child of children.get(span.span_id) ?? []) place(child, depth + 1)
  }
  for (const [parent, group] of children) {
    if (parent === null || !known.has(parent)) for (const span of group) place(span, 0)
  }
  // Spans that name each other as parents are wrong, yet better shown than lost.
  for (const span of spans) place(span, 0)
  return { spans: placed, duration_ms, start_ms: spans.length === 0 ? 0 : start_ms, marks: axisMarks(duration_ms) }
}

function queueTime({ attributes, start_ms, end_ms }: SpanRow): number {
  const queued = attributes['gateway.queue_ms']
  return typeof queued === 'number' ? Math.min(Math.max(0, queued), end_ms - start_ms) : 0
}

/** Three to six marks at 1, 2 or 5 times a power of ten, from 0 up to less than the axis' end. */
export function axisMarks(duration: number): number[] {
  if (duration <= 0) return [0]
  const half = duration / 2
  const power = 10 ** Math.floor(Math.log10(half))
  const step = [5, 2, 1, 0.5].map((factor) => factor * power).find((candidate) => candidate < half)!
  return Array.from({ length: Math.ceil(duration / step) }, (_, index) => index * step)
}
