import { type HrTime, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import type { SpansRow } from '../stores/spans.ts'

const STATUS: Readonly<Record<SpanStatusCode, string>> = {
  [SpanStatusCode.UNSET]: 'unset',
  [SpanStatusCode.OK]: 'ok',
  [SpanStatusCode.ERROR]: 'error',
}

const NONE = '[]'

/** A finished span as a row. The members stand in the order of the table's columns. */
export function spansRow(span: ReadableSpan, requestId: string): SpansRow {
  const { traceId, spanId } = span.spanContext()
  return {
    trace_id: traceId,
    span_id: spanId,
    parent_span_id: span.parentSpanContext?.spanId ?? null,
    request_id: requestId,
    name: span.name,
    kind: SpanKind[span.kind],
    start_ms: milliseconds(span.startTime),
    end_ms: milliseconds(span.endTime),
    status: STATUS[span.status.code],
    status_message: span.status.message ?? null,
    attributes: JSON.stringify(span.attributes),
    events: span.events.length === 0 ? NONE : JSON.stringify(span.events.map(event)),
    links: span.links.length === 0 ? NONE : JSON.stringify(span.links.map(link)),
  }
}

function event({ name, time, attributes }: ReadableSpan['events'][number]) {
  return { name, time_ms: milliseconds(time), attributes: attributes ?? {} }
}

function link({ context, attributes }: ReadableSpan['links'][number]) {
  return { trace_id: context.traceId, span_id: context.spanId, attributes: attributes ?? {} }
}

function milliseconds([seconds, nanoseconds]: HrTime): number {
  return seconds * 1000 + nanoseconds / 1e6
}
