import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { controlErrors, curve } from '../../cache/error-control.ts'
import { type Serving, servingOf } from '../../cache/serving.ts'
import type { Policy } from '../../core/policy.ts'
import type { JudgedLookUp, LookUpFilter, RecordedLookUp } from '../../stores/cache/look-up-list.ts'
import type { LookUpOwner } from '../../stores/cache/look-up-owners.ts'
import type { Reader } from '../../stores/reader.ts'
import type { HttpDeps } from '../context.ts'
import { measuredQuality } from './cache-measured.ts'
import { CacheQuality, type CacheScopeQuality, type TunedLookUp } from './cache-quality-schemas.ts'
import { Name } from './paging.ts'
import { roleOf } from './viewer.ts'

const Query = Type.Object(
  {
    route: Name,
    tenant: Name,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000, default: 500, description: 'of the look-ups' })),
  },
  { additionalProperties: false },
)

/** Further tenants are asked for by name. */
const MOST_SCOPES = 100
/** So many as a threshold is learnt from (`threads/semantic.ts`). */
const MOST_JUDGED = 1000
const LONGEST_TEXT = 400
/** Similarities for which the curve is told. */
const GRID = Array.from({ length: 51 }, (_, step) => (50 + step) / 100)

/** Where thresholds stand, by what is known of hits; and look-ups to try another one on. */
export function registerCacheQuality(app: FastifyInstance, deps: HttpDeps): void {
  const {
    policy,
    admin: { reader },
  } = deps
  app.get<{ Querystring: Static<typeof Query> }>(
    '/admin/api/cache/quality',
    {
      schema: {
        summary: 'Wrong hits as estimated, thresholds, and look-ups to tune them with',
        querystring: Query,
        response: { 200: CacheQuality },
      },
    },
    async (request): Promise<CacheQuality> => {
      const { route, tenant, limit = 500 } = request.query
      // Look-ups quote what was asked.
      const isShown = roleOf(request, deps) === 'admin'
      const current = policy()
      const semantic = semanticRoutes(current).filter(({ name }) => route === undefined || name === route)
      const all = await reader.ask<LookUpOwner[]>('lookUpOwners', MOST_SCOPES)
      const owners = all.filter((owner) => tenant === undefined || owner.tenant === tenant)
      const data: CacheScopeQuality[] = []
      for (const { name, semantic: settings } of semantic) {
        const own = owners.filter((owner) => owner.route === name)
        if (own.length === 0) data.push(unknownQuality(name, settings))
        for (const owner of own) data.push(await qualityOf(owner, settings, reader))
      }
      data.sort((one, other) => other.look_ups - one.look_ups)
      const named = semantic.find(({ name }) => name === route)
      return {
        data,
        look_ups: named && isShown ? await lookUpsOf({ route: named.name, tenant }, named.semantic, limit, reader) : [],
        measured: measuredQuality(current.cache.embedder),
      }
    },
  )
}

interface Settings extends Serving {
  configured: number | null
}

function semanticRoutes({ routes, cache: { embedder } }: Policy): { name: string; semantic: Settings }[] {
  return [...routes.values()].flatMap(({ name, settings }) => {
    if (settings.cache?.mode !== 'semantic') return []
    const { semantic } = settings.cache
    return [{ name, semantic: { ...servingOf(semantic, embedder), configured: semantic.threshold } }]
  })
}

async function qualityOf(owner: LookUpOwner, settings: Settings, reader: Reader): Promise<CacheScopeQuality> {
  const { tenant, route, space, count } = owner
  const judged = await reader.ask<JudgedLookUp[]>('judgedLookUps', tenant, route, space, MOST_JUDGED)
  const oldestFirst = judged.toSorted((one, other) => one.at - other.at)
  return describe(settings, oldestFirst, { route, tenant, space, look_ups: count })
}

function unknownQuality(route: string, settings: Settings): CacheScopeQuality {
  return describe(settings, [], { route, tenant: null, space: null, look_ups: 0 })
}

/** `judged`: the oldest first. */
function describe(
  settings: Settings,
  judged: readonly JudgedLookUp[],
  owner: Pick<CacheScopeQuality, 'route' | 'tenant' | 'space' | 'look_ups'>,
): CacheScopeQuality {
  const { configured, base, maxError, guard } = settings
  const { threshold, wrong, samples, checkShare } = controlErrors(judged, settings)
  return {
    ...owner,
    guard,
    configured_threshold: configured,
    base_threshold: base,
    max_error: maxError,
    threshold,
    wrong,
    samples,
    check_share: checkShare,
    curve: curve(judged, GRID),
  }
}

/** What is far away was not shown to the guards, so that they are asked now. */
async function lookUpsOf(
  { route, tenant }: { route: string; tenant: string | undefined },
  { guard }: Settings,
  limit: number,
  reader: Reader,
): Promise<TunedLookUp[]> {
  const filter: LookUpFilter = { route, ...(tenant === undefined ? {} : { tenant }) }
  const rows = await reader.ask<RecordedLookUp[]>('recordedLookUps', filter, limit)
  const far = rows.filter(({ outcome }) => outcome === 'far')
  const guards = await reader.ask<(string | null)[]>(
    'guardsBetween',
    far.map(({ question, cached_question }) => [question, cached_question]),
    guard,
  )
  const guardOf = new Map(far.map(({ id }, index) => [id, guards[index] ?? null]))
  return rows.map(({ threshold: _, ...row }) => ({
    ...row,
    at: new Date(row.at).toISOString(),
    question: row.question.slice(0, LONGEST_TEXT),
    cached_question: row.cached_question.slice(0, LONGEST_TEXT),
    guard: guardOf.get(row.id) ?? row.guard,
  }))
}
