/** Shapes of the admin API around the cache: how it does, what it holds, what was done to it by hand. */
import Type, { type Static } from 'typebox'
import { Milliseconds, Nullable, Text } from './shape.ts'

const Whole = (description?: string) => Type.Integer({ minimum: 0, ...(description ? { description } : {}) })
const Moment = Type.String({ format: 'date-time' })

const CacheFigures = {
  requests: Whole('requests that may have met the cache'),
  exact: Whole('answered with the reply to the same request'),
  semantic: Whole('answered with the reply to another question of the same meaning'),
  stale: Whole('answered with a reply past its lifetime'),
  misses: Whole(),
  bypassed: Whole('requests that the cache had nothing to do with, e.g. as they ask for a high temperature'),
  hit_rate: Nullable(
    Type.Number({ minimum: 0, maximum: 1, description: 'exact, semantic and stale, of all that were not bypassed' }),
  ),
  saved_usd: Type.Number({ minimum: 0, description: 'what kept replies would have cost again, where that is known' }),
  saved_ms: Type.Number({ minimum: 0 }),
  lookup_p50_ms: Nullable(Type.Number({ minimum: 0, description: 'searches by likeness; null without any' })),
  lookup_p99_ms: Milliseconds,
}

/** Figures of one tenant. */
export const CacheTenant = Type.Object({
  tenant: Nullable(Type.String({ description: 'null: nobody in particular asked' })),
  ...CacheFigures,
})
export type CacheTenant = Static<typeof CacheTenant>

/** Figures of one route, whole and by tenant. */
export const CacheRoute = Type.Object({
  route: Type.String(),
  mode: Nullable(
    Type.Enum(['exact', 'semantic', 'stale'], {
      description: 'as the config says now; stale: kept for when every target fails; null: the route does not cache',
    }),
  ),
  ...CacheFigures,
  tenants: Type.Array(CacheTenant),
})
export type CacheRoute = Static<typeof CacheRoute>

/** How the cache did over a window, and what it takes at this moment. */
export const CacheSummary = Type.Object({
  from: Moment,
  to: Moment,
  total: Type.Object(CacheFigures),
  routes: Type.Array(CacheRoute, { description: 'those that cache, and those that did in the window' }),
  tenants: Type.Array(CacheTenant),
  memory: Type.Object({ bytes: Whole(), limit_bytes: Whole() }, { description: 'replies in memory' }),
  store: Type.Object(
    { entries: Whole(), bytes: Whole('with vectors'), limit_bytes: Whole() },
    { description: 'replies in the store' },
  ),
  owners: Type.Array(Type.Object({ tenant: Type.String(), route: Type.String(), entries: Whole(), bytes: Whole() }), {
    description: 'whose replies these are',
  }),
  embedder: Type.Object({
    kind: Type.Enum(['builtin-lexical', 'provider', 'onnx']),
    name: Type.String({ description: 'e.g. ollama/nomic-embed-text' }),
  }),
  spaces: Type.Array(
    Type.Object({
      space: Type.String({ description: 'what one version of one embedder makes' }),
      dimensions: Type.Integer({ minimum: 1 }),
      vectors: Whole(),
      lacking: Whole('fresh entries that wait for their vector in it'),
    }),
    { description: 'in the order in which they were begun; the last is being filled, the others go afterwards' },
  ),
  writer: Type.Object({
    waiting: Whole('writes that are not in the store yet'),
    dropped: Whole('writes lost, as too many waited'),
    failed: Whole('writes that the store refused'),
    problem: Text,
  }),
  vector_problem: Nullable(Type.String({ description: 'why large scopes are searched slowly: sqlite-vec is missing' })),
})
export type CacheSummary = Static<typeof CacheSummary>

/** A kept reply, without the reply. */
export const CacheEntryRow = Type.Object({
  key: Type.String(),
  tenant: Type.String(),
  route: Type.String(),
  partition: Nullable(Type.String({ description: 'e.g. user u-17; null: the whole tenant shares it' })),
  namespace: Text,
  question: Nullable(
    Type.String({ description: 'the last user turn; null where entries are not compared by likeness' }),
  ),
  request_id: Type.String({ description: 'the request that was answered so' }),
  provider: Type.String(),
  model: Type.String(),
  output_tokens: Whole(),
  cost_usd: Nullable(Type.Number({ minimum: 0, description: 'what it cost to make' })),
  duration_ms: Type.Number({ minimum: 0, description: 'how long it took to make' }),
  created_at: Moment,
  fresh_until: Type.String({ format: 'date-time', description: 'until then it is given as it is' }),
  revalidate_until: Type.String({
    format: 'date-time',
    description: 'until then it is given while it is fetched anew',
  }),
  kept_until: Moment,
  bytes: Whole('in the store, with vectors'),
  hits: Whole(),
  last_hit_at: Nullable(Moment),
  saved_usd: Nullable(Type.Number({ minimum: 0, description: 'hits times what it cost to make' })),
  saved_ms: Type.Number({ minimum: 0 }),
})
export type CacheEntryRow = Static<typeof CacheEntryRow>

export const CacheEntryPage = Type.Object({ data: Type.Array(CacheEntryRow), next_cursor: Text })
export type CacheEntryPage = Static<typeof CacheEntryPage>

export const CacheEntryDetail = Type.Object({
  ...CacheEntryRow.properties,
  reply: Type.String({ description: 'the text of its first choice' }),
  events: Type.Array(Type.Unknown(), { description: 'the whole reply as the gateway keeps it, in no dialect' }),
})
export type CacheEntryDetail = Static<typeof CacheEntryDetail>

/** Which entries are meant: all that is given must hold. */
export const CachePurge = Type.Object(
  {
    key: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    tenant: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
    route: Type.Optional(Type.String({ minLength: 1, maxLength: 512 })),
    all: Type.Optional(Type.Boolean({ description: 'everything, and nothing else is given' })),
  },
  { additionalProperties: false },
)
export type CachePurge = Static<typeof CachePurge>

/** What a purge removed, and nobody is given any more. */
export const CachePurged = Type.Object({ entries: Whole(), bytes: Whole() })
export type CachePurged = Static<typeof CachePurged>

/** What somebody did by hand. */
export const AuditRow = Type.Object({
  id: Type.Integer(),
  at: Moment,
  actor: Type.String({ description: 'how they were let in: session or admin token' }),
  action: Type.String({ description: 'e.g. cache-purge, guard-label or config-save' }),
  detail: Type.Record(Type.String(), Type.Unknown(), {
    description: 'names, keys and counts; never what a prompt or a reply says',
  }),
})
export type AuditRow = Static<typeof AuditRow>
export const AuditPage = Type.Object({ data: Type.Array(AuditRow), next_cursor: Nullable(Type.Integer()) })
export type AuditPage = Static<typeof AuditPage>
