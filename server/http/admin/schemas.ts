/**
 * The admin API's shapes: one TypeBox schema per resource serves validation, the OpenAPI document and,
 * as a type, the UI. Times are ISO 8601 UTC strings, durations milliseconds, costs US dollars
 * (`null` when the price is unknown, never a false 0).
 */
import Type, { type Static } from 'typebox'
import { ConfigProblem } from './problem-schema.ts'

export type { ConfigProblem } from './problem-schema.ts'
export type {
  DraftResult,
  LocalSearchResult,
  LocalServer,
  ModelRow,
  ProbeResult,
  ProviderDraft,
  ProviderKindRow,
  SaveResult,
} from './provider-schemas.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Text = Nullable(Type.String())
const Count = Nullable(Type.Integer({ minimum: 0 }))
const Milliseconds = Nullable(Type.Number({ minimum: 0 }))

/** How one attempt ended; `cancelled` means the client went away or a deadline of the request passed. */
export const AttemptOutcome = Type.Union(
  [Type.Literal('running'), Type.Literal('ok'), Type.Literal('error'), Type.Literal('cancelled')],
  { description: 'how one attempt ended' },
)

/** One call to one target, as the request's row carries it. */
export const AttemptRow = Type.Object({
  index: Type.Integer({ minimum: 0 }),
  provider: Type.String(),
  model: Type.String(),
  outcome: AttemptOutcome,
  status: Nullable(Type.Integer({ description: "the upstream's HTTP status; null when none arrived" })),
  error: Text,
  reason: Nullable(Type.String({ description: 'why this attempt was made: first, retry or fallback' })),
  started_ms: Type.Number({ minimum: 0, description: 'milliseconds after the request was received' }),
  duration_ms: Milliseconds,
  ttft_ms: Milliseconds,
})
export type AttemptRow = Static<typeof AttemptRow>

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
  fallback: Type.Boolean(),
  synthetic: Type.Boolean({ description: 'the reply was made by the built-in sandbox' }),
  cache: Text,
  guardrail: Text,
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

/** Health of one configured provider, judged by its attempts of the last five minutes. */
export const ProviderRow = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  label: Type.String({ description: 'name of the kind for people' }),
  docs: Type.String({ description: 'where its API is documented' }),
  base_url: Text,
  residency: Text,
  lists_models: Type.Boolean({ description: 'it can be asked which models it has' }),
  synthetic: Type.Boolean(),
  dialects: Type.Array(Type.String()),
  status: Type.Union([
    Type.Literal('healthy'),
    Type.Literal('degraded'),
    Type.Literal('down'),
    Type.Literal('unconfigured'),
    Type.Literal('unknown'),
  ]),
  detail: Nullable(Type.String({ description: 'why it is not healthy, in one sentence' })),
  attempts: Type.Integer({ minimum: 0, description: 'attempts in the last five minutes' }),
  errors: Type.Integer({ minimum: 0 }),
  truncated: Type.Integer({ minimum: 0, description: 'prompts that it seems to have cut, since the start' }),
  p50_ms: Milliseconds,
  ttft_p50_ms: Milliseconds,
  last_ok: Text,
  last_error: Nullable(Type.Object({ ts: Type.String(), message: Type.String() })),
})
export type ProviderRow = Static<typeof ProviderRow>
export const ProviderList = Type.Object({ data: Type.Array(ProviderRow) })

export const ConfigState = Type.Object({
  revision: Type.String(),
  file: Type.String(),
  loaded_at: Type.String({ format: 'date-time' }),
  source: Type.String({ description: 'the running YAML text; secrets are references only' }),
  warnings: Type.Array(Type.String()),
  rejected: Nullable(
    Type.Object(
      { at: Type.String(), problems: Type.Array(ConfigProblem) },
      {
        description: 'the newer version on disk that was refused; null when the file on disk is the one running',
      },
    ),
  ),
  routes: Type.Array(
    Type.Object({
      name: Type.String(),
      strategy: Type.String(),
      targets: Type.Array(Type.Object({ provider: Type.String(), model: Type.String(), weight: Type.Number() })),
    }),
  ),
})
export type ConfigState = Static<typeof ConfigState>

const StatsFigures = {
  requests: Type.Integer({ minimum: 0 }),
  errors: Type.Integer({ minimum: 0, description: 'HTTP status 500 and above, or a stream that failed midway' }),
  refused: Type.Integer({ minimum: 0, description: 'HTTP status 400 to 499 but for 499' }),
  fallbacks: Type.Integer({ minimum: 0 }),
  cost_usd: Type.Number({ minimum: 0, description: 'sum over requests whose cost is known' }),
  cost_unknown: Type.Integer({ minimum: 0, description: 'answered requests whose cost is not known' }),
  input_tokens: Type.Integer({ minimum: 0 }),
  output_tokens: Type.Integer({ minimum: 0 }),
  p50_ms: Milliseconds,
  p95_ms: Milliseconds,
  ttft_p50_ms: Milliseconds,
  ttft_p95_ms: Milliseconds,
}

/** Figures over a window and, for charts, over its equal steps. Quantiles come from log-histograms (±5 %). */
export const Stats = Type.Object({
  from: Type.String({ format: 'date-time' }),
  to: Type.String({ format: 'date-time' }),
  step_ms: Type.Integer({ minimum: 1 }),
  total: Type.Object(StatsFigures),
  series: Type.Array(Type.Object({ ts: Type.String({ format: 'date-time' }), ...StatsFigures })),
  routes: Type.Array(Type.Object({ route: Type.String(), ...StatsFigures })),
})
export type Stats = Static<typeof Stats>

/** Who is signed in and the facts that the shell of the UI shows. */
export const Session = Type.Object({
  signed_in: Type.Boolean(),
  version: Type.String(),
  address: Type.String({ description: 'the gateway, e.g. http://127.0.0.1:4280' }),
  revision: Type.String(),
  default_route: Text,
  anonymous: Type.Boolean({ description: 'a loopback caller needs no key' }),
})
export type Session = Static<typeof Session>

/** What `GET /admin/api/events` sends, one SSE `event: batch` per 100 ms at most: `{ events: LiveEvent[] }`. */
export const LiveEvent = Type.Union([
  Type.Object({
    type: Type.Literal('request-start'),
    request_id: Type.String(),
    trace_id: Type.String(),
    ts: Type.String({ format: 'date-time' }),
    route: Type.String(),
    tenant: Text,
    surface: Type.String(),
    stream: Type.Boolean(),
  }),
  Type.Object({ type: Type.Literal('attempt-start'), request_id: Type.String(), attempt: AttemptRow }),
  Type.Object({ type: Type.Literal('attempt-end'), request_id: Type.String(), attempt: AttemptRow }),
  Type.Object({ type: Type.Literal('request-end'), request: RequestRow }),
  Type.Object({
    type: Type.Literal('config-change'),
    revision: Type.String(),
    accepted: Type.Boolean(),
    message: Type.String(),
  }),
  Type.Object({ type: Type.Literal('reset'), reason: Type.String({ description: 'events were missed: read afresh' }) }),
])
export type LiveEvent = Static<typeof LiveEvent>
export const LiveBatch = Type.Object({
  events: Type.Array(LiveEvent),
  skipped: Type.Optional(
    Type.Integer({ description: 'events left out of this batch, as there were too many to show' }),
  ),
})
export type LiveBatch = Static<typeof LiveBatch>

/** How the process itself is doing. */
export const Status = Type.Object({
  version: Type.String(),
  uptime_s: Type.Number(),
  in_flight: Type.Integer({ minimum: 0 }),
  rss_bytes: Type.Integer({ minimum: 0 }),
  recorder: Type.Object({
    waiting: Type.Integer({ minimum: 0, description: 'records not in the store yet' }),
    stored: Type.Integer({ minimum: 0 }),
    dropped: Type.Integer({ minimum: 0, description: 'records lost: the queue was full or the store refused them' }),
    problem: Text,
  }),
})

export type Status = Static<typeof Status>

/** Every error of the admin API. */
export const AdminError = Type.Object({
  error: Type.Object({ code: Type.String(), message: Type.String(), hint: Text }),
})
export type AdminError = Static<typeof AdminError>
