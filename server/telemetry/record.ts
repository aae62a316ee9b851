import { type Attempt, costNano, type Exchange, lossyOf, mainAttempt, warningsOf } from '../core/exchange.ts'
import { targetName } from '../core/policy.ts'
import type { AttemptRecord, ExchangeRecord } from '../core/record.ts'
import type { VerdictRecord } from '../core/verdict.ts'
import { redactFor } from './hide.ts'

/** What a record needs to know of the provider kinds. */
export type OtelNameOf = (kind: string) => string

/** Takes secrets out of a text. */
export type Redact = (text: string) => string

const MESSAGE_CHARACTERS = 500

/**
 * A finished exchange as plain data. Whatever a caller or an upstream wrote is redacted here: people paste keys into
 * the oddest fields.
 */
export function recordOf(exchange: Exchange, otelNameOf: OtelNameOf, redactAny: Redact): ExchangeRecord {
  const redact = redactFor(exchange, redactAny)
  const { startedAt, caller, plan } = exchange
  const since = (time: number | null) => (time === null ? null : round(time - startedAt))
  const clean = (text: string | null | undefined) => (text ? redact(text) : null)
  const main = mainAttempt(exchange)
  return {
    request_id: exchange.id,
    trace_id: exchange.traceId,
    span_id: exchange.spanId,
    route_span_id: exchange.routeSpanId,
    parent_span_id: exchange.parentSpanId,
    trace_state: exchange.traceState,
    epoch: round(exchange.epoch),
    purpose: exchange.purpose,
    experiment: exchange.experiment,
    link: exchange.link,
    surface: exchange.surface,
    route: redact(exchange.route),
    stream: exchange.stream,
    tenant: caller?.tenant ?? null,
    team: caller?.team ?? null,
    key: caller?.key ?? null,
    session: clean(caller?.session),
    user: clean(caller?.user),
    revision: exchange.revision,
    strategy: plan?.strategy ?? null,
    route_reason: plan?.reason ?? null,
    route_targets:
      plan === null || plan.targets.length === 1
        ? []
        : plan.targets.map(({ target, why }) => `${targetName(target)}: ${why}`),
    routed_ms: since(exchange.routedAt),
    attempts: exchange.attempts.map((attempt) => attemptRecordOf(attempt, startedAt, otelNameOf, redact)),
    answered_by: exchange.answeredBy,
    skipped: exchange.skipped.map(({ target: { provider, model }, why }) => ({ provider, model, why: redact(why) })),
    verdicts: exchange.verdicts.map((verdict) => cleanVerdict(verdict, redact)),
    scores: exchange.scores,
    content: exchange.content,
    last_resort: exchange.lastResort,
    cache: exchange.cache,
    replay_of: exchange.replayOf,
    facts: exchange.facts && (cleanJson(exchange.facts, redact) as typeof exchange.facts),
    lossy: lossyOf(exchange),
    warnings: warningsOf(exchange),
    status: exchange.status,
    error: exchange.error?.code ?? null,
    error_message: exchange.error ? shorten(redact(exchange.error.message)) : null,
    cost_nano: costNano(exchange),
    duration_ms: since(exchange.endedAt) ?? 0,
    ttft_ms: main ? since(main.firstTokenAt) : null,
    overhead_ms: exchange.overheadMs === null ? null : round(exchange.overheadMs),
  }
}

/** One attempt as plain data, finished or not. */
export function attemptRecordOf(
  attempt: Attempt,
  startedAt: number,
  otelNameOf: OtelNameOf,
  redact: Redact,
): AttemptRecord {
  const began = attempt.startedAt
  return {
    index: attempt.index,
    provider: attempt.target.provider,
    model: attempt.target.model,
    otel_name: otelNameOf(attempt.kind),
    span_id: attempt.spanId,
    reason: attempt.reason,
    outcome: attempt.outcome,
    status: attempt.status,
    error: attempt.error?.code ?? null,
    error_message: attempt.error ? shorten(redact(attempt.error.message)) : null,
    started_ms: round(began - startedAt),
    queued_ms: round(attempt.queuedMs),
    resumed_at: attempt.resumedAt,
    duration_ms: attempt.endedAt === null ? null : round(attempt.endedAt - began),
    ttft_ms: attempt.firstTokenAt === null ? null : round(attempt.firstTokenAt - began),
    reply_id: attempt.replyId && redact(attempt.replyId),
    reply_model: attempt.replyModel && redact(attempt.replyModel),
    finish_reason: attempt.finishReason,
    usage: attempt.usage && { ...attempt.usage, raw: cleanRaw(attempt.usage.raw, redact) },
    cost_nano: attempt.costNano,
    synthetic: attempt.synthetic,
  }
}

/** The policy's own secrets are the last that an excerpt may hold; the mark on its match goes with them. */
function cleanVerdict(verdict: VerdictRecord, redact: Redact): VerdictRecord {
  const started_ms = round(verdict.started_ms)
  const duration_ms = round(verdict.duration_ms)
  const reason = verdict.reason && redact(verdict.reason)
  const excerpt = verdict.excerpt && redact(verdict.excerpt)
  const highlight = excerpt === verdict.excerpt ? verdict.highlight : null
  return { ...verdict, started_ms, duration_ms, reason, excerpt, highlight }
}

/** A message is cut only after it has been redacted: half a secret would not be recognised. */
function shorten(message: string): string {
  return message.length > MESSAGE_CHARACTERS ? `${message.slice(0, MESSAGE_CHARACTERS)}…` : message
}

/** The provider's own usage object; a copy only where something had to be taken out. */
function cleanRaw(raw: unknown, redact: Redact): unknown {
  const text = JSON.stringify(raw)
  return redact(text) === text ? raw : cleanJson(raw, redact)
}

/** Text by text and number by number, so that it stays JSON. */
function cleanJson(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'number') return redact(String(value)) === String(value) ? value : redact(String(value))
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [redact(name), cleanJson(item, redact)]))
}

/** Microseconds are enough. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
