/** Shapes of the admin API around requests: their rows, attempts and spans. */

import Type, { type Static } from 'typebox'
import { PURPOSES } from '../../core/experiment.ts'
import { GuardAction, GuardMode, GuardStage, Score, VerdictWord } from './guardrail-words.ts'
import { Count, Milliseconds, Nullable, Text } from './shape.ts'

/** How one attempt ended; `cancelled` means that nobody waited for it any more. */
export const AttemptOutcome = Type.Union(
  [Type.Literal('running'), Type.Literal('ok'), Type.Literal('error'), Type.Literal('cancelled')],
  {
    description:
      'how one attempt ended; cancelled: the client went away, a deadline of the request passed, or another attempt won',
  },
)

/** One call to one target, as the request's row carries it. */
export const AttemptRow = Type.Object({
  index: Type.Integer({ minimum: 0 }),
  provider: Type.String(),
  model: Type.String(),
  outcome: AttemptOutcome,
  status: Nullable(Type.Integer({ description: "the upstream's HTTP status; null when none arrived" })),
  error: Text,
  reason: Nullable(
    Type.String({
      description: 'why this attempt was made: first, retry, fallback, hedge, escalation or resume',
    }),
  ),
  started_ms: Type.Number({ minimum: 0, description: 'milliseconds after the request was received' }),
  duration_ms: Milliseconds,
  queued_ms: Type.Number({ minimum: 0, description: "waited in the provider's queue, from started_ms on" }),
  resumed_at: Nullable(
    Type.Integer({
      minimum: 0,
      description: 'characters that the client had when this attempt went on with the reply; null for a fresh one',
    }),
  ),
  ttft_ms: Milliseconds,
})
export type AttemptRow = Static<typeof AttemptRow>

/** A target that was not called. */
export const SkippedTarget = Type.Object({ provider: Type.String(), model: Type.String(), why: Type.String() })
export type SkippedTarget = Static<typeof SkippedTarget>

/** What an evaluator said of an attempt's reply. */
export const ScoreRow = Type.Object({
  evaluator: Type.String(),
  attempt: Type.Integer({ minimum: 0, description: 'index of the attempt' }),
  score: Type.Number({ minimum: 0, maximum: 1 }),
  passed: Type.Boolean(),
  reason: Type.String(),
  gates: Type.Boolean({ description: 'the reply had to pass it' }),
})
export type ScoreRow = Static<typeof ScoreRow>

/** What a guardrail said, without what it quotes. */
export const VerdictSummary = Type.Object({
  guardrail: Type.String({ description: 'name of the rule' }),
  kind: Type.String(),
  stage: GuardStage,
  verdict: VerdictWord,
  action: GuardAction,
  mode: GuardMode,
  score: Score(),
  threshold: Score(),
  category: Text,
})
export type VerdictSummary = Static<typeof VerdictSummary>

/** How the cache took part in a request. */
export const CacheDetail = Type.Object({
  why: Nullable(Type.String({ description: 'why it was passed by, or why a near reply was not given' })),
  found: Nullable(Type.Enum(['bytes', 'canonical', 'in-flight'], { description: 'how an exact hit was found' })),
  similarity: Nullable(Type.Number({ description: 'of the nearest question, at most 1' })),
  age_ms: Milliseconds,
  source: Nullable(Type.String({ description: 'the request that was answered so before' })),
  provider: Text,
  model: Text,
  saved_usd: Nullable(Type.Number()),
  saved_ms: Milliseconds,
  lookups: Type.Array(
    Type.Object({
      kind: Type.Enum(['exact', 'semantic']),
      duration_ms: Type.Number({ minimum: 0 }),
      result: Type.Enum(['hit', 'miss', 'late', 'failed']),
    }),
  ),
})
export type CacheDetail = Static<typeof CacheDetail>

/** One finished request: a row of the list, of Live and of the head of the detail. */
export const RequestRow = Type.Object({
  request_id: Type.String(),
  trace_id: Type.String(),
  ts: Type.String({ format: 'date-time' }),
  route: Type.String({ description: 'route name, or provider/model for direct access' }),
  tenant: Text,
  team: Text,
  key: Nullable(Type.String({ description: "the key's id, never the key" })),
  session: Text,
  user: Text,
  surface: Type.String({ description: 'the endpoint, e.g. /v1/chat/completions' }),
  stream: Type.Boolean(),
  status: Type.Integer({ description: 'HTTP status the client got; 499 when the client went away first' }),
  provider: Text,
  model: Text,
  attempts: Type.Integer({ minimum: 0 }),
  attempt_list: Type.Array(AttemptRow),
  skipped: Type.Array(SkippedTarget, { description: 'targets that were passed over' }),
  scores: Type.Array(ScoreRow),
  last_resort: Nullable(
    Type.Union([Type.Literal('stale'), Type.Literal('static')], {
      description: 'where the reply came from if no attempt made it',
    }),
  ),
  replay_of: Nullable(
    Type.String({ description: 'the request whose reply was repeated, for the same idempotency key' }),
  ),
  fallback: Type.Boolean(),
  synthetic: Type.Boolean({ description: 'the reply was made by the built-in sandbox' }),
  purpose: Type.Enum([...PURPOSES], { description: '`live`, or what the gateway made it for' }),
  experiment: Nullable(Type.String({ description: 'the experiment or run that it belongs to' })),
  copy_of: Nullable(Type.String({ description: 'the request that it is a copy of' })),
  cache: Nullable(Type.String({ description: 'hit-exact, hit-semantic, stale, miss or bypass' })),
  cache_detail: Nullable(CacheDetail),
  guardrail: Nullable(
    Type.String({ description: 'the verdict that weighs most, of those that took effect: block, redact, warn …' }),
  ),
  verdicts: Type.Array(VerdictSummary, { description: 'of guardrails, all but passes' }),
  finish_reason: Text,
  input_tokens: Count,
  output_tokens: Count,
  cost_usd: Nullable(Type.Number({ minimum: 0 })),
  duration_ms: Type.Number({ minimum: 0 }),
  ttft_ms: Milliseconds,
  overhead_ms: Milliseconds,
  revision: Type.String(),
  error: Nullable(Type.String({ description: 'code of the error table' })),
  error_message: Text,
})
export type RequestRow = Static<typeof RequestRow>

export const RequestPage = Type.Object({
  data: Type.Array(RequestRow),
  next_cursor: Text,
})
export type RequestPage = Static<typeof RequestPage>

/** One span of a trace. Attributes are OpenTelemetry's flat values; times are milliseconds since the epoch. */
export const SpanRow = Type.Object({
  span_id: Type.String(),
  parent_span_id: Text,
  name: Type.String(),
  kind: Type.Union([Type.Literal('SERVER'), Type.Literal('CLIENT'), Type.Literal('INTERNAL')]),
  start_ms: Type.Number(),
  end_ms: Type.Number(),
  status: Type.Union([Type.Literal('unset'), Type.Literal('ok'), Type.Literal('error')]),
  status_message: Text,
  attributes: Type.Record(Type.String(), Type.Unknown()),
  events: Type.Array(
    Type.Object({
      name: Type.String(),
      time_ms: Type.Number(),
      attributes: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
  links: Type.Array(
    Type.Object({
      trace_id: Type.String(),
      span_id: Type.String(),
      attributes: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
})
export type SpanRow = Static<typeof SpanRow>

export const Trace = Type.Object({
  trace_id: Type.String(),
  requests: Type.Array(RequestRow, { description: 'requests recorded in this trace, oldest first' }),
  spans: Type.Array(SpanRow, { description: 'by start time' }),
})
export type Trace = Static<typeof Trace>
