import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GatewayError } from '../core/errors.ts'
import { authenticate } from '../pipeline/authenticate.ts'
import type { HttpDeps } from './context.ts'
import { corsHeaders } from './cors.ts'

/** `/v1/models` in OpenAI's shape: the routes that the caller may name. */
export function registerModels(app: FastifyInstance, deps: HttpDeps): void {
  const routesFor = (request: FastifyRequest, reply: FastifyReply): string[] => {
    reply.headers(corsHeaders(request.raw, deps))
    const { pipeline } = deps
    const remoteAddress = request.raw.socket.remoteAddress ?? ''
    const policy = deps.policy()
    const caller = authenticate(request.headers, remoteAddress, policy, deps.loopbackOnly, pipeline.findKey)
    return [...policy.routes.keys()].filter((route) => !caller.routes || caller.routes.has(route))
  }
  app.get('/v1/models', (request, reply) => {
    void reply.send({ object: 'list', data: routesFor(request, reply).map(modelOf) })
  })
  app.get<{ Params: { model: string } }>('/v1/models/:model', (request, reply) => {
    const { model } = request.params
    if (!routesFor(request, reply).includes(model))
      throw new GatewayError('unknown_route', `There is no route \`${model}\`.`, { param: 'model' })
    void reply.send(modelOf(model))
  })
}

/** Routes have no date of birth; clients only want a number. */
function modelOf(route: string) {
  return { id: route, object: 'model', created: 0, owned_by: 'gatehouse' }
}
