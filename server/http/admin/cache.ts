import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import type { CacheSelection } from '../../core/cache.ts'
import { GatewayError } from '../../core/errors.ts'
import type { CacheSize, CacheUse } from '../../stores/cache/cache-stats.ts'
import type { EntriesRow } from '../../stores/cache/entries.ts'
import type { EntryFilter, EntryOrder, EntryPage } from '../../stores/cache/entry-list.ts'
import type { GroupedLookUpTimes } from '../../stores/cache/look-up-times.ts'
import type { HttpDeps } from '../context.ts'
import { actorOf } from './audit.ts'
import { embedderOf, figuresOf, modeOf, tenantOf, toEntryDetail, toEntryRow } from './cache-rows.ts'
import { CacheEntryDetail, CacheEntryPage, CachePurge, CachePurged, CacheSummary } from './cache-schemas.ts'
import { Name } from './paging.ts'

const DAY_MS = 86_400_000

const Window = Type.Object(
  { window_ms: Type.Optional(Type.Integer({ minimum: 1000, maximum: 90 * DAY_MS, default: DAY_MS })) },
  { additionalProperties: false },
)
const EntryQuery = Type.Object(
  {
    route: Name,
    tenant: Name,
    text: Type.Optional(
      Type.String({ minLength: 1, maxLength: 512, description: 'part of the question, in any case' }),
    ),
    kind: Type.Optional(
      Type.Enum(['exact', 'semantic'], { description: 'found by its key alone, or by likeness, too' }),
    ),
    order: Type.Optional(Type.Enum(['newest', 'hits', 'saved', 'size'], { default: 'newest' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
    cursor: Type.Optional(
      Type.String({ pattern: '^-?\\d{1,20}:\\d{1,16}$', description: '`next_cursor` of the page before' }),
    ),
  },
  { additionalProperties: false },
)

/** How the cache does, what it holds, and forgetting some of it by hand. */
export function registerCache(app: FastifyInstance, deps: HttpDeps): void {
  const { reader, cache } = deps.admin
  app.get<{ Querystring: Static<typeof Window> }>(
    '/admin/api/cache/summary',
    {
      schema: {
        summary: 'How the cache did over a window ending now, and what it holds',
        querystring: Window,
        response: { 200: CacheSummary },
      },
    },
    async ({ query }) => summaryOf(deps, query.window_ms ?? DAY_MS),
  )
  app.get<{ Querystring: Static<typeof EntryQuery> }>(
    '/admin/api/cache/entries',
    { schema: { summary: 'Kept replies', querystring: EntryQuery, response: { 200: CacheEntryPage } } },
    async ({ query }): Promise<CacheEntryPage> => {
      const { order = 'newest', limit = 50, cursor = null, ...filter } = query
      const page = await reader.ask<EntryPage>(
        'cacheEntries',
        filter satisfies EntryFilter,
        order satisfies EntryOrder,
        cursor,
        limit,
      )
      return { data: page.entries.map(toEntryRow), next_cursor: page.next }
    },
  )
  app.get<{ Params: { key: string } }>(
    '/admin/api/cache/entries/:key',
    { schema: { summary: 'One kept reply, with what it says', response: { 200: CacheEntryDetail } } },
    async ({ params: { key } }): Promise<CacheEntryDetail> => {
      const row = await reader.ask<EntriesRow | null>('cacheEntry', key)
      if (row === null)
        throw new GatewayError('not_found', `There is no entry ${key}.`, { hint: 'It may have expired meanwhile.' })
      return toEntryDetail(row)
    },
  )
  app.post<{ Body: CachePurge }>(
    '/admin/api/cache/purge',
    {
      schema: {
        summary: 'Forget kept replies, in memory and in the store',
        description: 'With the look-ups that quote them. It stands in the audit trail.',
        body: CachePurge,
        response: { 200: CachePurged },
      },
    },
    async (request): Promise<CachePurged> => cache.purge(selectionOf(request.body), actorOf(request, deps)),
  )
}

/** Throws `invalid_request` for what selects nothing, or everything by mistake. */
function selectionOf({ all, ...selection }: CachePurge): CacheSelection {
  const named = Object.keys(selection)
  if (named.length === 0 && all !== true)
    throw new GatewayError('invalid_request', 'It does not say what to forget.', {
      hint: 'Send a key, a tenant or a route, or both of the latter; `{"all": true}` forgets everything.',
    })
  if (named.length > 0 && all === true)
    throw new GatewayError('invalid_request', `\`all\` cannot stand beside \`${named.join('`, `')}\`.`, {
      hint: 'Leave one of them out.',
    })
  return selection
}

async function summaryOf({ policy, admin }: HttpDeps, windowMs: number): Promise<CacheSummary> {
  const { reader, cache } = admin
  const to = Date.now() + 1
  const from = to - windowMs
  const [uses, times, size, vectorProblem] = await Promise.all([
    reader.ask<CacheUse[]>('cacheUse', from, to),
    reader.ask<GroupedLookUpTimes>('lookUpTimes', from, to),
    reader.ask<CacheSize>('cacheSize', to),
    reader.ask<string | null>('vectorProblem'),
  ])
  const { routes, cache: limits } = policy()
  const byRoute = Map.groupBy(uses, ({ route }) => route)
  const byTenant = Map.groupBy(uses, ({ tenant }) => tenant)
  const caching = [...routes.values()].filter(({ settings }) => settings.cache !== null).map(({ name }) => name)
  const { waiting, dropped, failed, problem } = cache.writerStatus()
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    total: figuresOf(uses, times.total),
    routes: [...new Set([...caching, ...byRoute.keys()])].map((route) => {
      const own = byRoute.get(route) ?? []
      return {
        route,
        mode: modeOf(routes.get(route)?.settings.cache),
        ...figuresOf(own, times.routes.get(route)),
        tenants: own.map(tenantOf),
      }
    }),
    tenants: [...byTenant].map(([tenant, own]) => ({
      tenant,
      ...figuresOf(own, tenant === null ? undefined : times.tenants.get(tenant)),
    })),
    memory: { bytes: cache.replies.memoryBytes, limit_bytes: limits.memoryBytes },
    store: { entries: size.entries, bytes: size.bytes, limit_bytes: limits.storeBytes },
    owners: size.owners,
    embedder: embedderOf(limits.embedder),
    spaces: size.spaces,
    writer: { waiting, dropped, failed, problem },
    vector_problem: vectorProblem,
  }
}
