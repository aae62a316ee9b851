import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../core/caller.ts'
import { authenticate } from '../pipeline/authenticate.ts'
import type { HttpDeps } from './context.ts'
import { corsHeaders } from './cors.ts'

/** Who asks. Throws `unauthenticated`. */
export function callerOf(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: HttpDeps,
  headers: IncomingHttpHeaders = request.headers,
): Caller {
  reply.headers(corsHeaders(request.raw, deps))
  const remoteAddress = request.raw.socket.remoteAddress ?? ''
  return authenticate(headers, remoteAddress, deps.policy(), deps.loopbackOnly, deps.pipeline.findKey)
}

/** The routes that whoever asks may name. Throws `unauthenticated`. */
export function callerRoutes(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: HttpDeps,
  headers: IncomingHttpHeaders = request.headers,
): string[] {
  const { routes } = callerOf(request, reply, deps, headers)
  return [...deps.policy().routes.keys()].filter((route) => !routes || routes.has(route))
}
