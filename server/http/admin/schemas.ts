/**
 * The admin API's shapes: one TypeBox schema per resource serves validation, the OpenAPI document and,
 * as a type, the UI. Times are ISO 8601 UTC strings, durations milliseconds, costs US dollars
 * (`null` when the price is unknown, never a false 0).
 */
import Type, { type Static } from 'typebox'
import { AttemptRow, RequestRow } from './request-schemas.ts'
import { Milliseconds, Nullable, Text } from './shape.ts'

export {
  AnnotationAgreement,
  AnnotationChanged,
  AnnotationItem,
  AnnotationPage,
  AnnotationQueued,
  AnnotationRow,
} from './annotation-schemas.ts'
export type { BenchBody, BenchEvent, BenchResult } from './bench-schemas.ts'
export {
  CacheQuality,
  CacheScopeQuality,
  CurvePoint,
  LookUpPage,
  LookUpReviewed,
  LookUpRow,
  MeasuredQuality,
  ShareEstimate,
  TunedLookUp,
} from './cache-quality-schemas.ts'
export {
  AuditPage,
  AuditRow,
  CacheEntryDetail,
  CacheEntryPage,
  CacheEntryRow,
  CachePurge,
  CachePurged,
  CacheRoute,
  CacheSummary,
  CacheTenant,
} from './cache-schemas.ts'
export { ConfigCheck, ConfigDraft, ConfigEdit, ConfigRefusal, ConfigSaved, ConfigState } from './config-schemas.ts'
export type {
  DatasetAdded,
  DatasetDetail,
  DatasetItemPage,
  DatasetItemRow,
  DatasetMade,
  DatasetOrder,
  DatasetPreview,
  DatasetRow,
} from './dataset-schemas.ts'
export type { ScoreSeries } from './evaluator-schemas.ts'
export type {
  CoverageRow,
  ExperimentDetail,
  ExperimentList,
  ExperimentRow,
  PairPage,
  PairRow,
} from './experiment-schemas.ts'
export type { ExplainRequest, Explanation } from './explain-schemas.ts'
export {
  GuardRuleRow,
  GuardrailKindRow,
  GuardrailStats,
  Guardrails,
  VerdictPage,
  VerdictRow,
} from './guardrail-schemas.ts'
export {
  GuardLabelIds,
  GuardLabelled,
  GuardLabelPage,
  GuardLabelRow,
  GuardTest,
  GuardTestResult,
  GuardTestRow,
  GuardTuning,
  RocPoint,
} from './guardrail-tuning-schemas.ts'
export type { ConfigProblem } from './problem-schema.ts'
export type { PromotionBody, PromotionPlan, PromotionRow } from './promotion-schemas.ts'
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
export {
  AttemptOutcome,
  AttemptRow,
  CacheDetail,
  RequestPage,
  RequestRow,
  ScoreRow,
  SkippedTarget,
  SpanRow,
  Trace,
  VerdictSummary,
} from './request-schemas.ts'
export { Drain, DrainList, RouteList, RouteRow, Standing, TargetRow } from './route-schemas.ts'
export type { RunCreated, RunEstimate, RunOrder, RunPage, RunRow } from './run-schemas.ts'

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
  role: Nullable(Type.Enum(['admin', 'viewer'], { description: 'a viewer may only read; null: not signed in' })),
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
  shed: Type.Integer({ minimum: 0, description: 'requests refused because of too many others, since the start' }),
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
