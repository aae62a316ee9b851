import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from './context.ts'

/** `GET /healthz`: the process answers. `GET /readyz`: it takes requests. */
export function registerHealth(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/healthz', (_request, reply) => void reply.send({ status: 'ok' }))
  app.get('/readyz', (_request, reply) => {
    const { draining } = deps.traffic
    void reply.code(draining ? 503 : 200).send({ status: draining ? 'draining' : 'ready' })
  })
}
