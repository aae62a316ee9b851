import type { IncomingMessage } from 'node:http'
import type { HttpDeps } from './context.ts'
import { type CallSite, isListedOrigin } from './safety.ts'

/** The call site of a request, for the checks of `safety.ts`. */
export function callSiteOf(request: IncomingMessage, deps: HttpDeps): CallSite {
  return {
    method: request.method ?? '',
    path: (request.url ?? '').split('?')[0]!,
    headers: request.headers,
    loopbackOnly: deps.loopbackOnly,
    policy: deps.policy().server,
  }
}

/** CORS headers for a page whose origin the config lists; none for anybody else. */
export function corsHeaders(request: IncomingMessage, deps: HttpDeps): Record<string, string> {
  const { origin } = request.headers
  if (origin === undefined || !isListedOrigin(origin, callSiteOf(request, deps))) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': '*, retry-after, x-request-id',
    vary: 'origin',
  }
}

/** The answer to a listed page's preflight. */
export function preflightHeaders(request: IncomingMessage, deps: HttpDeps): Record<string, string> {
  return {
    ...corsHeaders(request, deps),
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
    'access-control-max-age': '600',
  }
}
