import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { AuditRow } from '../../stores/audit.ts'
import type { AdminDeps, HttpDeps } from '../context.ts'
import { type Actor, cookieName } from './access.ts'
import { AuditPage } from './cache-schemas.ts'

const Query = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
    cursor: Type.Optional(Type.Integer({ minimum: 1, description: '`next_cursor` of the page before' })),
  },
  { additionalProperties: false },
)

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
        next_cursor: rows.length < limit ? null : rows.at(-1)!.id,
      }
    },
  )
}

/** How a request that was let in was let in. */
export function actorOf({ headers }: FastifyRequest, { admin }: HttpDeps): Actor {
  return admin.access.actorOf(headers, cookieName(admin.address().port))!
}
