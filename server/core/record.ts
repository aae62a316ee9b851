import type { CacheRecord } from './cache.ts'
import type { ScoreRecord } from './evaluation.ts'
import type { FinishReason } from './events.ts'
import type { AttemptReason } from './exchange.ts'
import type { KeptContent, Link, Purpose } from './experiment.ts'
import type { Usage } from './usage.ts'
import type { VerdictRecord } from './verdict.ts'

/** One attempt as it is recorded. Times are milliseconds after the request's start. */
export interface AttemptRecord {
  index: number
  provider: string
  model: string
  /** Value of `gen_ai.provider.name`. */
  otel_name: string
  span_id: string
  reason: AttemptReason
  outcome: 'running' | 'ok' | 'error' | 'cancelled'
  status: number | null
  error: string | null
  error_message: string | null
  started_ms: number
  duration_ms: number | null
  /** Waited in the provider's queue, from `started_ms` on. */
  queued_ms: number
  /** Characters that the client had when this attempt went on with the reply. */
  resumed_at: number | null
  ttft_ms: number | null
  reply_id: string | null
  reply_model: string | null
  finish_reason: FinishReason | null
  usage: Usage | null
  cost_nano: number | null
  synthetic: boolean
}

/**
 * A finished exchange as plain data: what goes to the recorder as one JSON text, and from it into a row, spans and
 * the live view. Content of requests and replies is in `content` alone, redacted, where it is kept at all. Times are
 * milliseconds.
 */
export interface ExchangeRecord {
  request_id: string
  trace_id: string
  span_id: string
  route_span_id: string
  parent_span_id: string | null
  trace_state: string | null
  /** Since the epoch. */
  epoch: number
  purpose: Purpose
  experiment: string | null
  link: Link | null
  surface: string
  route: string
  stream: boolean
  tenant: string | null
  team: string | null
  key: string | null
  session: string | null
  user: string | null
  revision: string
  strategy: string | null
  route_reason: string | null
  /** The plan's order, each as `provider/model: why`; empty where there was nothing to order. */
  route_targets: string[]
  /** When the plan stood, after the start. */
  routed_ms: number | null
  attempts: AttemptRecord[]
  /** Index of the attempt that answered. */
  answered_by: number | null
  /** Targets that were passed over, and why. */
  skipped: { provider: string; model: string; why: string }[]
  verdicts: VerdictRecord[]
  scores: ScoreRecord[]
  content: KeptContent | null
  last_resort: 'stale' | 'static' | null
  /** `null` where the request never got so far. */
  cache: CacheRecord | null
  /** Id of the request whose reply was repeated. */
  replay_of: string | null
  /** For `gatehouse simulate`; no content. */
  facts: Readonly<Record<string, unknown>> | null
  lossy: string[]
  warnings: string[]
  status: number
  error: string | null
  error_message: string | null
  cost_nano: number | null
  duration_ms: number
  ttft_ms: number | null
  overhead_ms: number | null
}
