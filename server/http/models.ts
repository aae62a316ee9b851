import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../core/errors.ts'
import { callerRoutes } from './caller-routes.ts'
import type { HttpDeps } from './context.ts'

/** Routes have no date of birth; clients only want one. */
const BORN = 0

/** `/v1/models`: the routes that the caller may name, in Anthropic's shape for clients that send its version header. */
export function registerModels(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/v1/models', (request, reply) => {
    const routes = callerRoutes(request, reply, deps)
    void reply.send(
      speaksAnthropic(request) ? anthropicList(routes) : { object: 'list', data: routes.map(openaiModel) },
    )
  })
  app.get<{ Params: { '*': string } }>('/v1/models/*', (request, reply) => {
    const model = request.params['*']
    if (!callerRoutes(request, reply, deps).includes(model))
      throw new GatewayError('unknown_route', `There is no route \`${model}\`.`, { param: 'model' })
    void reply.send(speaksAnthropic(request) ? anthropicModel(model) : openaiModel(model))
  })
}

/** https://platform.claude.com/docs/en/api/versioning */
export function speaksAnthropic(request: FastifyRequest): boolean {
  return request.headers['anthropic-version'] !== undefined
}

function openaiModel(route: string) {
  return { id: route, object: 'model', created: BORN, owned_by: 'gatehouse' }
}

function anthropicModel(route: string) {
  return { id: route, type: 'model', display_name: route, created_at: new Date(BORN).toISOString() }
}

/** https://platform.claude.com/docs/en/api/models/list; all fit on one page. */
function anthropicList(routes: readonly string[]) {
  return {
    data: routes.map(anthropicModel),
    has_more: false,
    first_id: routes[0] ?? null,
    last_id: routes.at(-1) ?? null,
  }
}
