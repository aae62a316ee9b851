import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { GatewayError } from '../../core/errors.ts'
import type { ListedLookUp, LookUpFilter } from '../../stores/cache/look-up-list.ts'
import type { HttpDeps } from '../context.ts'
import { actorOf } from './audit.ts'
import { Agreement, LookUpPage, LookUpReview, LookUpReviewed } from './cache-quality-schemas.ts'
import { toLookUpRow } from './cache-rows.ts'
import { cursorAfter, Name, Paging } from './paging.ts'

const Query = Type.Object(
  {
    route: Name,
    tenant: Name,
    outcome: Type.Optional(
      Type.Enum(['hit', 'check', 'far', 'guarded', 'servable'], { description: 'servable: hit or check' }),
    ),
    agreement: Type.Optional(Agreement),
    unreviewed: Type.Optional(Type.Boolean({ description: 'true: only those of which nobody said anything yet' })),
    ...Paging(25, 100),
  },
  { additionalProperties: false },
)

/** Look-ups by likeness as they were recorded, and what a person says of them. */
export function registerCacheLookUps(app: FastifyInstance, deps: HttpDeps): void {
  const { reader, cache } = deps.admin
  app.get<{ Querystring: Static<typeof Query> }>(
    '/admin/api/cache/lookups',
    {
      schema: {
        summary: 'Look-ups by likeness with both answers, newest first',
        querystring: Query,
        response: { 200: LookUpPage },
      },
    },
    async ({ query: { limit = 25, cursor = null, ...asked } }): Promise<LookUpPage> => {
      const rows = await reader.ask<ListedLookUp[]>('lookUps', filterOf(asked), cursor, limit)
      return { data: rows.map(toLookUpRow), next_cursor: cursorAfter(rows, limit) }
    },
  )
  app.post<{ Params: { id: number }; Body: LookUpReview }>(
    '/admin/api/cache/lookups/:id/review',
    {
      schema: {
        summary: 'Say whether a kept answer fits a question',
        description:
          'Thresholds learn from it. A wrong answer is forgotten, and this question is never answered with one to the other again. It stands in the audit trail.',
        params: Type.Object({ id: Type.Integer({ minimum: 1 }) }),
        body: LookUpReview,
        response: { 200: LookUpReviewed },
      },
    },
    async (request): Promise<LookUpReviewed> => {
      const { id } = request.params
      const { verdict } = request.body
      const reviewed = await cache.review(id, verdict, actorOf(request, deps))
      if (reviewed === null)
        throw new GatewayError('not_found', `There is no look-up ${id}.`, {
          hint: 'It may have been purged, or made room for newer ones.',
        })
      return { id, verdict, key: reviewed.key }
    },
  )
}

function filterOf({ outcome, unreviewed, ...same }: Omit<Static<typeof Query>, 'limit' | 'cursor'>): LookUpFilter {
  return {
    ...same,
    ...(outcome === 'servable' ? { servable: true } : outcome === undefined ? {} : { outcome }),
    ...(unreviewed === true ? { reviewed: false } : {}),
  }
}
