/** The admin API as functions. Types are the server's own; nothing else of the server is known here. */
import type {
  AdminError,
  AuditPage,
  BenchBody,
  CacheEntryDetail,
  CacheEntryPage,
  CachePurge,
  CachePurged,
  CacheQuality,
  CacheSummary,
  ConfigCheck,
  ConfigProblem,
  ConfigSaved,
  ConfigState,
  DatasetMade,
  DatasetOrder,
  DatasetPreview,
  DatasetRow,
  DraftResult,
  Drain,
  DrainList,
  ExperimentDetail,
  ExperimentRow,
  ExplainRequest,
  Explanation,
  GuardLabelIds,
  GuardLabelled,
  GuardLabelPage,
  GuardrailStats,
  Guardrails,
  GuardTest,
  GuardTestResult,
  GuardTuning,
  LocalSearchResult,
  LookUpPage,
  LookUpReviewed,
  PairPage,
  PairRow,
  ProbeResult,
  PromotionBody,
  PromotionPlan,
  PromotionRow,
  ProviderDraft,
  ProviderKindRow,
  ProviderRow,
  RequestPage,
  RequestRow,
  RouteList,
  RunCreated,
  RunEstimate,
  RunOrder,
  RunPage,
  RunRow,
  SaveResult,
  ScoreSeries,
  Session,
  Stats,
  Trace,
  VerdictPage,
} from '../server/http/admin/schemas.ts'

const base = '/admin/api'

/** A refusal by the admin API, or (status 0) no answer at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly hint: string | null
  /** Of a config that was refused. */
  readonly problems: readonly ConfigProblem[]

  constructor(status: number, error: AdminError['error'], problems: readonly ConfigProblem[] = []) {
    super(error.message)
    this.name = 'ApiError'
    this.status = status
    this.code = error.code
    this.hint = error.hint
    this.problems = problems
  }
}

/** Rejects with an `ApiError`. */
export async function call<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await open(path, init)
  return (response.status === 204 ? null : await response.json()) as T
}

/** An answer that was not read yet. */
async function open(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(base + path, init).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, { code: 'unreachable', message: 'The gateway does not answer.', hint: 'Is it running?' })
  })
  if (response.ok) return response
  const body: Partial<AdminError> & { problems?: ConfigProblem[] } = await response.json().catch(() => ({}))
  throw new ApiError(
    response.status,
    body.error ?? { code: 'unreadable', message: `The gateway answered with status ${response.status}.`, hint: null },
    body.problems,
  )
}

function send<T>(method: 'POST' | 'PUT', path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return call<T>(path, withBody(method, body, signal))
}

function withBody(method: 'POST' | 'PUT', body: unknown, signal?: AbortSignal): RequestInit {
  const headers = { 'content-type': 'application/json' }
  return { method, headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) }
}

export const post = <T>(path: string, body: unknown) => send<T>('POST', path, body)

/** A list says its name once for each of its values. */
export function query(values: Record<string, string | number | readonly string[] | null>): string {
  const known = Object.entries(values).flatMap(([name, value]) => {
    if (value === null) return []
    return typeof value === 'object' ? value.map((each) => [name, each]) : [[name, String(value)]]
  })
  return `?${new URLSearchParams(known)}`
}

/** Which look-ups are wanted; `null` for what does not matter. */
export interface LookUpFilter extends Record<string, string | null> {
  route: string | null
  tenant: string | null
  outcome: 'hit' | 'check' | 'far' | 'guarded' | 'servable' | null
  agreement: 'same' | 'different' | 'unsure' | null
  unreviewed: 'true' | null
}

/** Which kept replies are wanted, and in which order; `null` for what does not matter. */
export interface EntryFilter extends Record<string, string | null> {
  route: string | null
  tenant: string | null
  text: string | null
  order: 'newest' | 'hits' | 'saved' | 'size'
}

/** What of guardrails is wanted; `null` for what does not matter. */
export interface GuardScope extends Record<string, string | null> {
  route: string | null
  tenant: string | null
  guardrail: string | null
}

/** Which verdicts are wanted; `null` for what does not matter. */
export interface VerdictFilter extends GuardScope {
  category: string | null
  verdict: string | null
  mode: 'enforce' | 'monitor' | null
  labelled: 'true' | 'false' | null
}

/** Which pairs of a comparison are wanted; empty or `null` for what does not matter. */
export interface PairFilter extends Record<string, string | readonly string[] | null> {
  change: readonly string[]
  outcome: 'paired' | 'error' | 'skipped' | null
  /** `KEY=VALUE`. */
  cohort: string | null
}

export type RunChange = 'pause' | 'resume' | 'cancel' | 'retry-lost'

/** The operations of the admin API that the UI uses; every one rejects with an `ApiError`. */
export const api = {
  session: (signal: AbortSignal) => call<Session>('/session', { signal }),
  /** Signs in with a one-time code or with the admin token. */
  signIn: (secret: { code: string } | { token: string }) => post<Session>('/session', secret),
  signOut: () => call<null>('/session', { method: 'DELETE' }),
  requests: (cursor: string | null, limit: number) => call<RequestPage>(`/requests${query({ limit, cursor })}`),
  request: (id: string, signal?: AbortSignal) =>
    call<RequestRow>(`/requests/${encodeURIComponent(id)}`, signal ? { signal } : {}),
  trace: (id: string, signal?: AbortSignal) =>
    call<Trace>(`/traces/${encodeURIComponent(id)}`, signal ? { signal } : {}),
  stats: (window_ms: number, steps: number, signal: AbortSignal) =>
    call<Stats>(`/stats${query({ window_ms, steps })}`, { signal }),
  providers: (signal: AbortSignal) => call<{ data: ProviderRow[] }>('/providers', { signal }),
  providerKinds: (signal: AbortSignal) => call<{ data: ProviderKindRow[] }>('/provider-kinds', { signal }),
  /** Asks the provider itself, which takes a call to it. */
  models: (provider: string, signal: AbortSignal) =>
    call<ProbeResult>(`/providers/${encodeURIComponent(provider)}/models`, { signal }),
  testProvider: (draft: ProviderDraft) => post<DraftResult>('/provider-tests', draft),
  saveProvider: (draft: ProviderDraft) => post<SaveResult>('/providers', draft),
  /** Looks at the usual loopback ports and at these. */
  findLocalModels: (ports: readonly number[]) => post<LocalSearchResult>('/local-models', { ports }),
  config: (signal: AbortSignal) => call<ConfigState>('/config', { signal }),
  /** The JSON Schema of the config file. */
  configSchema: (signal: AbortSignal) => call<Record<string, unknown>>('/config/schema', { signal }),
  /** What a text would be as the config; nothing is written. */
  checkConfig: (source: string, signal: AbortSignal) => send<ConfigCheck>('POST', '/config/check', { source }, signal),
  /** Runs a text; rejects with code `conflict` where the file on disk is not `base_revision` any more. */
  saveConfig: (draft: { source: string; base_revision: string }) => send<ConfigSaved>('PUT', '/config', draft),
  routes: (signal: AbortSignal) => call<RouteList>('/routes', { signal }),
  /** Takes a target, or with model null a whole provider, out of use or puts it back. */
  drain: (drain: Drain) => post<DrainList>('/drains', drain),
  cacheSummary: (window_ms: number, signal: AbortSignal) =>
    call<CacheSummary>(`/cache/summary${query({ window_ms })}`, { signal }),
  /** Where thresholds stand; of a route that is named, the look-ups to tune it with, too. */
  cacheQuality: (scope: { route: string | null; tenant: string | null }, signal: AbortSignal) =>
    call<CacheQuality>(`/cache/quality${query(scope)}`, { signal }),
  lookUps: (filter: LookUpFilter, cursor: number | null, signal: AbortSignal) =>
    call<LookUpPage>(`/cache/lookups${query({ ...filter, cursor })}`, { signal }),
  /** Says whether a kept answer fits the question. A wrong one is forgotten. */
  reviewLookUp: ({ id, verdict }: { id: number; verdict: 'right' | 'wrong' }) =>
    post<LookUpReviewed>(`/cache/lookups/${id}/review`, { verdict }),
  cacheEntries: (filter: EntryFilter, cursor: string | null, signal: AbortSignal) =>
    call<CacheEntryPage>(`/cache/entries${query({ ...filter, cursor })}`, { signal }),
  cacheEntry: (key: string, signal: AbortSignal) =>
    call<CacheEntryDetail>(`/cache/entries/${encodeURIComponent(key)}`, { signal }),
  purgeCache: (selection: CachePurge) => post<CachePurged>('/cache/purge', selection),
  /** Kinds of guardrails, and the rules of each route. */
  guardrails: (signal: AbortSignal) => call<Guardrails>('/guardrails', { signal }),
  guardrailStats: (window_ms: number, steps: number, scope: GuardScope, signal: AbortSignal) =>
    call<GuardrailStats>(`/guardrails/stats${query({ window_ms, steps, ...scope })}`, { signal }),
  verdicts: (filter: VerdictFilter, cursor: number | null, signal: AbortSignal) =>
    call<VerdictPage>(`/guardrails/verdicts${query({ ...filter, cursor })}`, { signal }),
  /** All verdicts of one request, passes too. */
  verdictsOf: (request: string, signal: AbortSignal) =>
    call<VerdictPage>(`/guardrails/verdicts${query({ request, passes: 'true', limit: 500 })}`, { signal }),
  /** What guardrails would say of a text. */
  testGuardrails: (test: GuardTest) => post<GuardTestResult>('/guardrails/test', test),
  /** Says whether a verdict was right, or whether a text should have been found. */
  labelGuardrails: (labelled: GuardLabelled) => post<GuardLabelIds>('/guardrails/labels', labelled),
  guardLabels: (
    scope: { route: string | null; guardrail: string | null },
    cursor: number | null,
    signal: AbortSignal,
  ) => call<GuardLabelPage>(`/guardrails/labels${query({ ...scope, cursor })}`, { signal }),
  removeGuardLabel: (id: number) => call<null>(`/guardrails/labels/${id}`, { method: 'DELETE' }),
  guardTuning: (route: string, guardrail: string, threshold: number | null, signal: AbortSignal) =>
    call<GuardTuning>(
      `/guardrails/tuning/${encodeURIComponent(route)}/${encodeURIComponent(guardrail)}${query({ threshold })}`,
      { signal },
    ),
  audit: (cursor: number | null, signal: AbortSignal) => call<AuditPage>(`/audit${query({ cursor })}`, { signal }),
  experiments: (signal: AbortSignal) => call<{ data: ExperimentRow[] }>('/experiments', { signal }),
  /** A comparison with its verdict. */
  experiment: (id: string, signal: AbortSignal) =>
    call<ExperimentDetail>(`/experiments/${encodeURIComponent(id)}`, { signal }),
  /** Further pairs begin another comparison. */
  endExperiment: (id: string) => post<null>(`/experiments/${encodeURIComponent(id)}/end`, {}),
  pairs: (id: string, filter: PairFilter, cursor: string | null, limit: number, signal: AbortSignal) =>
    call<PairPage>(`/experiments/${encodeURIComponent(id)}/pairs${query({ ...filter, cursor, limit })}`, { signal }),
  /** Says which reply of a pair is better; `null` takes it back. */
  vote: ({ experiment, pair, vote }: { experiment: string; pair: string; vote: PairRow['own_vote'] }) =>
    send<null>('PUT', `/experiments/${encodeURIComponent(experiment)}/pairs/${encodeURIComponent(pair)}/vote`, {
      vote,
    }),
  /** Promotions of a route, newest first. */
  promotions: (route: string, signal: AbortSignal) =>
    call<{ data: PromotionRow[] }>(`/promotions${query({ route })}`, { signal }),
  /** What promoting the candidate of an experiment would change. */
  promotionPlan: (experiment: string, signal: AbortSignal) =>
    call<PromotionPlan>(`/experiments/${encodeURIComponent(experiment)}/promotion`, { signal }),
  beginPromotion: (order: PromotionBody) => post<PromotionRow>('/promotions', order),
  changePromotion: ({ id, work }: { id: number; work: 'step' | 'rollback' | 'complete' }) =>
    post<PromotionRow>(`/promotions/${id}/${work}`, {}),
  /** Has targets answer one prompt; what happens comes as server-sent events. */
  bench: (order: BenchBody, signal: AbortSignal) => open('/bench', withBody('POST', order, signal)),
  /** What evaluators said of live replies, in steps of a window up to now. */
  scores: (window_ms: number, steps: number, signal: AbortSignal) =>
    call<ScoreSeries>(`/scores${query({ window_ms, steps })}`, { signal }),
  runs: (cursor: string | null, limit: number, signal: AbortSignal) =>
    call<RunPage>(`/runs${query({ cursor, limit })}`, { signal }),
  run: (id: string, signal: AbortSignal) => call<RunRow>(`/runs/${encodeURIComponent(id)}`, { signal }),
  /** `budget_usd`: of a run that is resumed, in the place of its own. */
  changeRun: ({ id, change, budget_usd }: { id: string; change: RunChange; budget_usd?: number }) =>
    post<RunRow>(`/runs/${encodeURIComponent(id)}/${change}`, budget_usd === undefined ? null : { budget_usd }),
  /** What a run would take; nothing is called. */
  estimateRun: (order: RunOrder, signal: AbortSignal) =>
    call<RunEstimate>('/runs/estimate', withBody('POST', order, signal)),
  startRun: (order: RunOrder) => post<RunCreated>('/runs', order),
  /** What a version would be made of; nothing is made. */
  previewDataset: (order: DatasetOrder, signal: AbortSignal) =>
    call<DatasetPreview>('/datasets/preview', withBody('POST', order, signal)),
  createDataset: (order: DatasetOrder) => post<DatasetMade>('/datasets', order),
  datasets: (signal: AbortSignal) => call<{ data: DatasetRow[] }>('/datasets', { signal }),
  /** What would happen to a request, without calling anyone. */
  explain: (route: string, asked: ExplainRequest) =>
    post<Explanation>(`/routes/${encodeURIComponent(route)}/explain`, asked),
}
