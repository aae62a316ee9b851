/** Requests and events as the admin API sends them, for the tests of the UI's logic. */
import type { AttemptRow, LiveEvent, RequestRow, SpanRow } from '../../server/http/admin/schemas.ts'

export const epoch = Date.parse('2026-01-01T00:00:00.000Z')

/** An attempt that answered, with the given differences. */
export function attempt(change: Partial<AttemptRow> = {}): AttemptRow {
  return {
    index: 0,
    provider: 'vllm-a',
    model: 'llama-4-scout',
    outcome: 'ok',
    status: 200,
    error: null,
    reason: 'first',
    started_ms: 1,
    duration_ms: 100,
    queued_ms: 0,
    resumed_at: null,
    ttft_ms: 20,
    ...change,
  }
}

/** A request that was answered `seconds` after the epoch of the tests, with the given differences. */
export function row(id: string, seconds: number, change: Partial<RequestRow> = {}): RequestRow {
  return {
    request_id: id,
    trace_id: `trace-${id}`,
    ts: new Date(epoch + seconds * 1000).toISOString(),
    route: 'support',
    tenant: 'acme',
    team: null,
    key: null,
    session: null,
    user: null,
    surface: '/v1/chat/completions',
    stream: false,
    status: 200,
    provider: 'vllm-a',
    model: 'llama-4-scout',
    attempts: 1,
    attempt_list: [attempt()],
    skipped: [],
    scores: [],
    last_resort: null,
    replay_of: null,
    fallback: false,
    synthetic: false,
    purpose: 'live',
    experiment: null,
    copy_of: null,
    cache: 'miss',
    cache_detail: null,
    guardrail: null,
    verdicts: [],
    finish_reason: 'stop',
    input_tokens: 10,
    output_tokens: 20,
    cost_usd: null,
    duration_ms: 100,
    ttft_ms: 20,
    overhead_ms: 1,
    revision: 'r1',
    error: null,
    error_message: null,
    ...change,
  }
}

/** The event that a request begins with. */
export function startOf(record: RequestRow): LiveEvent {
  const { request_id, trace_id, ts, route, tenant, surface, stream } = record
  return { type: 'request-start', request_id, trace_id, ts, route, tenant, surface, stream }
}

/** The event that a request ends with. */
export function endOf(record: RequestRow): LiveEvent {
  return { type: 'request-end', request: record }
}

/** A span between two times, with the given differences. */
export function span(id: string, parent: string | null, start_ms: number, end_ms: number, change = {}): SpanRow {
  return {
    span_id: id,
    parent_span_id: parent,
    name: id,
    kind: 'INTERNAL',
    start_ms,
    end_ms,
    status: 'unset',
    status_message: null,
    attributes: {},
    events: [],
    links: [],
    ...change,
  }
}
