import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../context.ts'
import { Status } from './schemas.ts'

/** How the process itself is doing. */
export function registerStatus(app: FastifyInstance, deps: HttpDeps): void {
  app.get(
    '/admin/api/status',
    { schema: { summary: 'Process, memory and recorder', response: { 200: Status } } },
    async () => ({
      version: deps.admin.version,
      uptime_s: process.uptime(),
      in_flight: deps.traffic.inFlight,
      shed: deps.traffic.shed,
      rss_bytes: process.memoryUsage.rss(),
      recorder: deps.admin.recorderStatus(),
    }),
  )
}
