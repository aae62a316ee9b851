import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import type { ListedVerdict, VerdictFilter } from '../../stores/verdicts-list.ts'
import type { HttpDeps } from '../context.ts'
import { toVerdictRow } from './guardrail-rows.ts'
import { VerdictPage } from './guardrail-schemas.ts'
import { GuardMode, VerdictWord } from './guardrail-words.ts'
import { cursorAfter, Name, Paging } from './paging.ts'
import { roleOf } from './viewer.ts'

const Query = Type.Object(
  {
    request: Name,
    route: Name,
    tenant: Name,
    guardrail: Name,
    category: Name,
    verdict: Type.Optional(VerdictWord),
    mode: Type.Optional(GuardMode),
    passes: Type.Optional(Type.Boolean({ description: 'true: passes, too' })),
    labelled: Type.Optional(Type.Boolean({ description: 'whether a person has said something of it' })),
    ...Paging(50, 500),
  },
  { additionalProperties: false },
)

/** What guardrails said, one by one. */
export function registerVerdicts(app: FastifyInstance, deps: HttpDeps): void {
  app.get<{ Querystring: Static<typeof Query> }>(
    '/admin/api/guardrails/verdicts',
    {
      schema: {
        summary: 'Verdicts of guardrails, newest first',
        description: 'To viewers, blocks stand in the place of what was found.',
        querystring: Query,
        response: { 200: VerdictPage },
      },
    },
    async (request): Promise<VerdictPage> => {
      const { limit = 50, cursor = null, ...filter } = request.query
      const rows = await deps.admin.reader.ask<ListedVerdict[]>(
        'verdicts',
        filter satisfies VerdictFilter,
        cursor,
        limit,
      )
      const role = roleOf(request, deps)
      return {
        data: rows.map((row) => toVerdictRow(row, role)),
        next_cursor: cursorAfter(rows, limit),
      }
    },
  )
}
