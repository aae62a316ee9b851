import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { GatewayError } from '../core/errors.ts'
import { callerRoutes } from './caller-routes.ts'
import type { HttpDeps } from './context.ts'
import { METHODS, withQueryKey } from './gemini.ts'

/** Routes have no date of birth; clients only want one. */
const BORN = 0

interface Shape {
  one(route: string): Record<string, unknown>
  all(routes: readonly string[]): Record<string, unknown>
}

const OPENAI: Shape = {
  one: (route) => ({ id: route, object: 'model', created: BORN, owned_by: 'gatehouse' }),
  all: (routes) => ({ object: 'list', data: routes.map(OPENAI.one) }),
}

/** https://platform.claude.com/docs/en/api/models/list; all fit on one page. */
const ANTHROPIC: Shape = {
  one: (route) => ({ id: route, type: 'model', display_name: route, created_at: new Date(BORN).toISOString() }),
  all: (routes) => ({
    data: routes.map(ANTHROPIC.one),
    has_more: false,
    first_id: routes[0] ?? null,
    last_id: routes.at(-1) ?? null,
  }),
}

/** https://ai.google.dev/api/models */
const GEMINI: Shape = {
  one: (route) => ({
    name: `models/${route}`,
    baseModelId: route,
    version: '1',
    displayName: route,
    description: 'A route of this gateway',
    supportedGenerationMethods: METHODS,
  }),
  all: (routes) => ({ models: routes.map(GEMINI.one) }),
}

/**
 * The routes that the caller may name, as models. `/v1/models` is OpenAI's, Anthropic's and Gemini's address at once:
 * clients of the latter two are told by the headers that they always send.
 */
export function registerModels(app: FastifyInstance, deps: HttpDeps): void {
  for (const path of ['/v1/models', '/v1beta/models']) {
    app.get(path, (request, reply) => {
      void reply.send(shapeOf(request).all(routesOf(request, reply, deps)))
    })
    app.get<{ Params: { '*': string } }>(`${path}/*`, (request, reply) => {
      const model = request.params['*']
      if (!routesOf(request, reply, deps).includes(model))
        throw new GatewayError('unknown_route', `There is no route \`${model}\`.`, { param: 'model' })
      void reply.send(shapeOf(request).one(model))
    })
  }
}

/** Keys in addresses end in logs: they are taken only where Google's clients are known to put them. */
function routesOf(request: FastifyRequest, reply: FastifyReply, deps: HttpDeps): string[] {
  const { key } = request.query as Record<string, string | undefined>
  const headers = request.url.startsWith('/v1beta/') ? withQueryKey(request.headers, key) : request.headers
  return callerRoutes(request, reply, deps, headers)
}

function shapeOf(request: FastifyRequest): Shape {
  if (speaksGemini(request)) return GEMINI
  return speaksAnthropic(request) ? ANTHROPIC : OPENAI
}

/** https://platform.claude.com/docs/en/api/versioning */
export function speaksAnthropic({ headers }: FastifyRequest): boolean {
  return headers['anthropic-version'] !== undefined
}

export function speaksGemini({ url, headers }: FastifyRequest): boolean {
  const known = headers['x-goog-api-key'] ?? headers['x-goog-api-client']
  return url.startsWith('/v1beta/') || known !== undefined
}
