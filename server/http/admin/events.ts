import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../context.ts'
import { SECURITY_HEADERS } from '../static-ui.ts'

const HEARTBEAT_MS = 15_000
/** Bytes that a viewer may leave unread before it is let go; it comes back with `Last-Event-ID`. */
const MOST_UNREAD = 4 * 1024 * 1024

/** The live view's stream of server-sent events. */
export function registerEvents(app: FastifyInstance, deps: HttpDeps): void {
  const open = new Set<() => void>()
  app.get(
    '/admin/api/events',
    { schema: { summary: 'What happens, as server-sent events: batches of LiveEvent, at most one per 100 ms' } },
    (request, reply) => {
      reply.hijack()
      const response = reply.raw
      response.writeHead(200, {
        ...SECURITY_HEADERS,
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      response.write('retry: 1000\n\n')
      const lastEventId = request.headers['last-event-id']
      const leave = deps.admin.live.watch(
        (text) => {
          response.write(text)
          if (response.writableLength <= MOST_UNREAD) return true
          response.destroy()
          return false
        },
        typeof lastEventId === 'string' ? lastEventId : null,
      )
      const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS)
      const close = () => void response.end()
      open.add(close)
      response.on('error', () => {})
      response.once('close', () => {
        clearInterval(heartbeat)
        open.delete(close)
        leave()
      })
    },
  )
  // A viewer never ends by itself: without this, closing the server would wait for it.
  deps.traffic.onDrain(() => {
    for (const close of open) close()
  })
}
