import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../../core/errors.ts'
import type { HttpDeps } from '../context.ts'
import { toRouteRow } from './route-rows.ts'
import { Drain, DrainList, RouteList } from './route-schemas.ts'

/** The routes as they stand now, and taking targets out of them by hand. */
export function registerRoutes(app: FastifyInstance, { policy, admin }: HttpDeps): void {
  app.get(
    '/admin/api/routes',
    { schema: { summary: 'Routes and their targets', response: { 200: RouteList } } },
    async (): Promise<RouteList> => {
      const current = policy()
      return { data: [...current.routes.values()].map((route) => toRouteRow(route, current, admin)) }
    },
  )
  app.get(
    '/admin/api/drains',
    { schema: { summary: 'What is drained', response: { 200: DrainList } } },
    async (): Promise<DrainList> => ({ data: [...admin.gate.drains()] }),
  )
  app.post<{ Body: Drain }>(
    '/admin/api/drains',
    {
      schema: {
        summary: 'Take a provider, or a model of it, out of use, or put it back',
        description: 'Calls under way go on. It lasts until it is taken back, over restarts too.',
        body: Drain,
        response: { 200: DrainList },
      },
    },
    async ({ body: { provider, model = null, drained } }): Promise<DrainList> => {
      if (!policy().providers.has(provider)) throw new GatewayError('not_found', `There is no provider "${provider}".`)
      admin.setDrain(provider, model, drained)
      return { data: [...admin.gate.drains()] }
    },
  )
}
