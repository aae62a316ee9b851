import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { ClientDialect } from '../core/dialect.ts'
import { asGatewayError, GatewayError } from '../core/errors.ts'
import type { PlainDialect } from '../core/plain.ts'
import type { ServerPolicy } from '../core/policy.ts'
import type { RequestAddress } from '../core/request.ts'
import { handle } from '../pipeline/handle.ts'
import { checkMediaType, readBody } from './body.ts'
import { httpClient } from './client.ts'
import type { HttpDeps, Traffic } from './context.ts'
import { corsHeaders } from './cors.ts'

const RETRY_AFTER_MS = 1000

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
  const length = Number(headers['content-length'] ?? 0)
  let held = 0
  traffic.inFlight += 1
  try {
    if (traffic.draining) throw new GatewayError('draining', 'The gateway is stopping.', { retryAfterMs: 1000 })
    checkMediaType(request, dialect)
    const { server } = deps.policy()
    if (length <= server.maxBody) refuseOverload(traffic, server, length)
    held = length
    traffic.buffered += held
    const body = await readBody(request, server.maxBody)
    traffic.buffered += body.length - held
    held = body.length
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
    traffic.buffered -= held
  }
}

/** Memory is bounded at any load: what there is no room for is refused before it is read. Throws `overloaded`. */
function refuseOverload(traffic: Traffic, { maxRequests, maxBuffered }: ServerPolicy, length: number): void {
  const limit =
    traffic.inFlight > maxRequests
      ? 'server.max_requests'
      : traffic.buffered + length > maxBuffered
        ? 'server.max_buffered'
        : null
  if (limit === null) return
  traffic.shed += 1
  throw new GatewayError('overloaded', `The gateway has all the requests that \`${limit}\` lets it have.`, {
    retryAfterMs: RETRY_AFTER_MS,
  })
}
