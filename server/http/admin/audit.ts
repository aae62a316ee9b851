import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { AuditRow } from '../../stores/audit.ts'
import type { AdminDeps, HttpDeps } from '../context.ts'
import { type Actor, cookieName } from './access.ts'
import { AuditPage } from './cache-schemas.ts'
import { cursorAfter, Paging } from './paging.ts'

const Query = Type.Object(Paging(50, 500), { additionalProperties: false })

/** What people did to what the gateway keeps. */
export function registerAudit(app: FastifyInstance, { reader }: AdminDeps): void {
  app.get<{ Querystring: Static<typeof Query> }>(
    '/admin/api/audit',
    { schema: { summary: 'The audit trail, newest first', querystring: Query, response: { 200: AuditPage } } },
    async ({ query: { limit = 50, cursor = null } }): Promise<AuditPage> => {
      const rows = await reader.ask<AuditRow[]>('audit', cursor, limit)
      return {
        data: rows.map(({ at, detail, ...same }) => ({
          ...same,
          at: new Date(at).toISOString(),
          detail: JSON.parse(detail) as Record<string, unknown>,
        })),
        next_cursor: cursorAfter(rows, limit),
      }
    },
  )
}

/** How a request that was let in was let in. */
export function actorOf({ headers }: FastifyRequest, { admin }: HttpDeps): Actor {
  return admin.access.actorOf(headers, cookieName(admin.address().port))!
}
