import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { asGatewayError, type ErrorCode, GatewayError } from '../core/errors.ts'
import { registerAdmin } from './admin/index.ts'
import type { HttpDeps } from './context.ts'
import { callSiteOf, preflightHeaders } from './cors.ts'
import { writeErrorFor } from './errors.ts'
import { registerFeedback } from './feedback.ts'
import { registerGemini } from './gemini.ts'
import { registerHealth } from './health.ts'
import { registerModels } from './models.ts'
import { registerOllama } from './ollama.ts'
import { checkCallSite, isListedOrigin } from './safety.ts'
import { registerUi, wantsPage } from './static-ui.ts'
import { registerSurfaces, SURFACES } from './surfaces.ts'

/** Fastify's own refusals in our words. */
const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_VALIDATION: 'invalid_request',
  FST_ERR_BAD_URL: 'not_found',
}

/** Endpoints for apps and their methods, to tell a wrong method from a wrong path. */
const METHODS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(SURFACES).map((path) => [path, 'POST'])),
  '/v1/feedback': 'POST',
  '/v1/models': 'GET',
  '/v1beta/models': 'GET',
  '/api/tags': 'GET',
  '/api/ps': 'GET',
  '/api/version': 'GET',
  '/api/show': 'POST',
}

/** The HTTP server, not listening yet. */
export async function buildServer(deps: HttpDeps): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    // A member that is not known is a mistake to tell, not one to drop.
    ajv: { customOptions: { removeAdditional: false } },
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
    frameworkErrors: (error, request, reply) => sendFailure(deps, error, request, reply),
  })
  app.server.keepAliveTimeout = 65_000
  app.server.headersTimeout = 66_000
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parseSmallJson)
  app.addHook('onRequest', (request, reply, done) => {
    const site = callSiteOf(request.raw, deps)
    try {
      checkCallSite(site)
    } catch (error) {
      done(error as Error)
      return
    }
    if (request.method === 'OPTIONS' && isListedOrigin(request.headers.origin, site))
      void reply.code(204).headers(preflightHeaders(request.raw, deps)).send()
    else done()
  })
  app.setErrorHandler((error, request, reply) => sendFailure(deps, error as FastifyError, request, reply))
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    if (wantsPage(request.method, path, request.headers.accept)) {
      if (reply.sendFile !== undefined) return reply.sendFile('index.html')
    }
    const method = METHODS[path]
    const error = method
      ? new GatewayError('method_not_allowed', `${path} takes ${method}, not ${request.method}.`)
      : new GatewayError('not_found', `There is no ${request.method} ${path}.`)
    if (method) reply.header('allow', method)
    return sendFailure(deps, error, request, reply)
  })
  registerHealth(app, deps)
  registerSurfaces(app, deps)
  registerModels(app, deps)
  registerFeedback(app, deps)
  registerGemini(app, deps)
  registerOllama(app, deps)
  await registerAdmin(app, deps)
  await registerUi(app, deps.uiFolder)
  return app
}

function parseSmallJson(_request: FastifyRequest, body: string, done: (error: Error | null, value?: unknown) => void) {
  try {
    done(null, JSON.parse(body))
  } catch (error) {
    done(new GatewayError('invalid_json', `The request body is not JSON: ${(error as Error).message}.`))
  }
}

/** Errors in the shape of whoever called. */
function sendFailure(deps: HttpDeps, thrown: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const code = FASTIFY_CODES[thrown.code]
  const known = code ? new GatewayError(code, thrown.message, { cause: thrown }) : asGatewayError(thrown)
  if (known.code === 'internal') deps.admin.onFault(thrown)
  const body = writeErrorFor(request, known)
  return reply.code(known.status).type('application/json').send(JSON.stringify(body))
}
