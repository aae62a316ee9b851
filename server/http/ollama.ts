import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../core/errors.ts'
import { callerRoutes } from './caller-routes.ts'
import type { HttpDeps } from './context.ts'

/** The version of Ollama whose API this is; clients ask to find out what they may use. */
const API_VERSION = '0.13.5'
const LATEST = ':latest'

/** What Ollama's clients ask besides chatting: https://github.com/ollama/ollama/blob/main/docs/api.md */
export function registerOllama(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/api/version', (_request, reply) => void reply.send({ version: API_VERSION }))
  app.get('/api/tags', (request, reply) => {
    void reply.send({ models: callerRoutes(request, reply, deps).map(modelOf) })
  })
  // Which models are in memory is the providers' to know; routes never are.
  app.get('/api/ps', (request, reply) => {
    callerRoutes(request, reply, deps)
    void reply.send({ models: [] })
  })
  app.post('/api/show', (request, reply) => {
    const body = request.body as { model?: unknown; name?: unknown } | null
    const asked = body?.model ?? body?.name
    if (typeof asked !== 'string') throw new GatewayError('invalid_request', 'The request has no `model`.')
    const routes = callerRoutes(request, reply, deps)
    const route = routes.find((name) => name === asked || `${name}${LATEST}` === asked)
    if (route === undefined) throw new GatewayError('unknown_route', `There is no route \`${asked}\`.`)
    void reply.send(detailsOf(route, deps))
  })
}

function modelOf(route: string) {
  return {
    name: route,
    model: route,
    modified_at: new Date(0).toISOString(),
    size: 0,
    digest: createHash('sha256').update(route).digest('hex'),
    details: DETAILS,
  }
}

const DETAILS = {
  parent_model: '',
  format: 'gatehouse',
  family: 'gatehouse',
  families: ['gatehouse'],
  parameter_size: '',
  quantization_level: '',
}

function detailsOf(route: string, deps: HttpDeps) {
  const targets = deps
    .policy()
    .routes.get(route)!
    .targets.map(({ provider, model }) => `${provider}/${model}`)
  return {
    modelfile: `# A route of this gateway over: ${targets.join(', ')}`,
    parameters: '',
    template: '{{ .Prompt }}',
    details: DETAILS,
    model_info: { 'general.architecture': 'gatehouse', 'general.basename': route },
    capabilities: ['completion', 'tools'],
    modified_at: new Date(0).toISOString(),
  }
}
