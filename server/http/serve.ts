import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { ClientDialect } from '../core/dialect.ts'
import { asGatewayError, GatewayError } from '../core/errors.ts'
import type { PlainDialect } from '../core/plain.ts'
import type { RequestAddress } from '../core/request.ts'
import { handle } from '../pipeline/handle.ts'
import { checkMediaType, readBody } from './body.ts'
import { httpClient } from './client.ts'
import type { HttpDeps } from './context.ts'
import { corsHeaders } from './cors.ts'

/** One call of an endpoint for models. */
export interface Call {
  /** As it is recorded, e.g. `/v1/chat/completions`. */
  surface: string
  dialect: ClientDialect | PlainDialect
  address: RequestAddress
  headers: IncomingHttpHeaders
}

/** Routes that take their bodies as bytes: Fastify only finds them. */
export function registerCalls(app: FastifyInstance, register: (scope: FastifyInstance) => void): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    register(scope)
  })
}

/** Reads one call's body and hands it to the pipeline; what goes wrong before is told in the client's dialect. */
export async function serve(
  deps: HttpDeps,
  call: Call,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { traffic } = deps
  const { surface, dialect, address, headers } = call
  const extra = corsHeaders(request, deps)
  if (traffic.draining) extra.connection = 'close'
  const client = httpClient(response, extra)
  traffic.inFlight += 1
  try {
    if (traffic.draining) throw new GatewayError('draining', 'The gateway is stopping.', { retryAfterMs: 1000 })
    checkMediaType(request, dialect)
    const body = await readBody(request, deps.policy().server.maxBody)
    const remoteAddress = request.socket.remoteAddress ?? ''
    const arrival = { surface, dialect, address, headers, remoteAddress, body, receivedAt: performance.now() }
    await handle(deps.pipeline, arrival, client)
  } catch (thrown) {
    const error = asGatewayError(thrown)
    // What is left of a body that was refused would be read as the next request.
    const answer: Record<string, string> = { 'content-type': 'application/json', connection: 'close' }
    if (error.retryAfterMs !== null) answer['retry-after'] = String(Math.ceil(error.retryAfterMs / 1000))
    client.whole(error.status, answer, JSON.stringify(dialect.writeError(error)))
  } finally {
    traffic.inFlight -= 1
  }
}
