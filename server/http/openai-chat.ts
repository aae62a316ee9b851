import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { asGatewayError, GatewayError } from '../core/errors.ts'
import { handle } from '../pipeline/handle.ts'
import { checkMediaType, readBody } from './body.ts'
import { httpClient } from './client.ts'
import type { HttpDeps } from './context.ts'
import { corsHeaders } from './cors.ts'

const SURFACE = '/v1/chat/completions'

/** OpenAI's chat completions. Fastify routes; body and reply are handled without copies of its own. */
export function registerOpenaiChat(app: FastifyInstance, deps: HttpDeps): void {
  app.register(async (scope) => {
    // The body is read here, so that its bytes are kept.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.post(SURFACE, async (request, reply) => {
      reply.hijack()
      await serve(deps, request.raw, reply.raw)
    })
  })
}

async function serve(deps: HttpDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const dialect = deps.dialects['openai-chat']
  const { traffic } = deps
  const extra = corsHeaders(request, deps)
  if (traffic.draining) extra.connection = 'close'
  const client = httpClient(response, extra)
  traffic.inFlight += 1
  try {
    if (traffic.draining) throw new GatewayError('draining', 'The gateway is stopping.', { retryAfterMs: 1000 })
    checkMediaType(request)
    const body = await readBody(request, deps.policy().server.maxBody)
    const { headers } = request
    const remoteAddress = request.socket.remoteAddress ?? ''
    const arrival = { surface: SURFACE, dialect, headers, remoteAddress, body, receivedAt: performance.now() }
    await handle(deps.pipeline, arrival, client)
  } catch (thrown) {
    const error = asGatewayError(thrown)
    // What is left of a body that was refused would be read as the next request.
    const headers: Record<string, string> = { 'content-type': 'application/json', connection: 'close' }
    if (error.retryAfterMs !== null) headers['retry-after'] = String(Math.ceil(error.retryAfterMs / 1000))
    client.whole(error.status, headers, JSON.stringify(dialect.writeError(error)))
  } finally {
    traffic.inFlight -= 1
  }
}
