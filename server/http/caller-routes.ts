import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { authenticate } from '../pipeline/authenticate.ts'
import type { HttpDeps } from './context.ts'
import { corsHeaders } from './cors.ts'

/** The routes that whoever asks may name. Throws `unauthenticated`. */
export function callerRoutes(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: HttpDeps,
  headers: IncomingHttpHeaders = request.headers,
): string[] {
  reply.headers(corsHeaders(request.raw, deps))
  const remoteAddress = request.raw.socket.remoteAddress ?? ''
  const policy = deps.policy()
  const caller = authenticate(headers, remoteAddress, policy, deps.loopbackOnly, deps.pipeline.findKey)
  return [...policy.routes.keys()].filter((route) => !caller.routes || caller.routes.has(route))
}
