import type { CacheRecord } from '../../core/cache.ts'
import type { AttemptRecord, ExchangeRecord } from '../../core/record.ts'
import { type RequestExtra, type RequestsRow, requestsRow } from '../../stores/requests.ts'
import type { AttemptRow, CacheDetail, RequestRow } from './schemas.ts'

/** Of rows that were written before these were known. */
const NOTHING: RequestExtra = {
  skipped: [],
  scores: [],
  last_resort: null,
  replay_of: null,
  cache: null,
  verdicts: [],
}

/** A stored row as the API shows it. */
export function toRequestRow(row: RequestsRow): RequestRow {
  const { ts, key_id: key, stream, fallback, synthetic, attempt_list: attempts, cost_nano: cost, extra, ...same } = row
  const { cache_read_tokens: _, reasoning_tokens: __, facts: ___, saved_nano: ____, ...rest } = same
  const { saved_ms: _____, similarity: ______, lookup_ms: _______, ...shown } = rest
  const { cache: detail, ...more } = { ...NOTHING, ...(JSON.parse(extra) as Partial<RequestExtra>) }
  return {
    ...shown,
    ...more,
    // Not in what older versions stored.
    scores: more.scores.map((score) => ({ ...score, gates: score.gates ?? true })),
    cache_detail: detail && toCacheDetail(detail),
    ts: new Date(ts).toISOString(),
    key,
    stream: stream === 1,
    fallback: fallback === 1,
    synthetic: synthetic === 1,
    attempt_list: (JSON.parse(attempts) as AttemptRecord[]).map(toAttemptRow),
    cost_usd: cost === null ? null : cost / 1e9,
  }
}

/** A record that may not be stored yet. */
export function recordToRequestRow(record: ExchangeRecord): RequestRow {
  return toRequestRow(requestsRow(record))
}

function toCacheDetail({ outcome: _, saved_nano: saved, lookups, ...same }: CacheRecord): CacheDetail {
  const shown = lookups.map(({ kind, duration_ms, result }) => ({ kind, duration_ms, result }))
  return { ...same, saved_usd: saved === null ? null : saved / 1e9, lookups: shown }
}

export function toAttemptRow(attempt: AttemptRecord): AttemptRow {
  return {
    index: attempt.index,
    provider: attempt.provider,
    model: attempt.model,
    outcome: attempt.outcome,
    status: attempt.status,
    error: attempt.error_message,
    reason: attempt.reason,
    started_ms: attempt.started_ms,
    duration_ms: attempt.duration_ms,
    // Not in what older versions stored.
    queued_ms: attempt.queued_ms ?? 0,
    resumed_at: attempt.resumed_at ?? null,
    ttft_ms: attempt.ttft_ms,
  }
}
