import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GatewayError } from '../core/errors.ts'
import { gemini, geminiArray } from '../dialects/gemini/index.ts'
import type { HttpDeps } from './context.ts'
import { registerCalls, serve } from './serve.ts'

export const METHODS = ['generateContent', 'streamGenerateContent']
const VERSIONS = ['/v1beta', '/v1']

/**
 * Gemini's API: the model and the method stand in the path, `models/NAME:METHOD`. Streams are server-sent events with
 * `alt=sse`, else one JSON array (https://ai.google.dev/api/generate-content).
 */
export function registerGemini(app: FastifyInstance, deps: HttpDeps): void {
  registerCalls(app, (scope) => {
    for (const version of VERSIONS)
      scope.post<{ Params: { '*': string } }>(`${version}/models/*`, async (request, reply) => {
        const { model, method } = splitCall(request.params['*'])
        const stream = method === 'streamGenerateContent'
        const query = request.query as Record<string, string | undefined>
        const dialect = stream && query.alt !== 'sse' ? geminiArray : gemini
        const headers = withQueryKey(request.headers, query.key)
        const surface = `${version}/models/:model:${method}`
        reply.hijack()
        await serve(deps, { surface, dialect, address: { model, stream }, headers }, request.raw, reply.raw)
      })
  })
}

/** Throws `not_found` for a method that is not offered. */
function splitCall(path: string): { model: string; method: string } {
  const colon = path.lastIndexOf(':')
  const method = path.slice(colon + 1)
  if (colon <= 0 || !METHODS.includes(method))
    throw new GatewayError('not_found', `There is no method "${colon < 0 ? '' : method}" of models here.`, {
      hint: `These are: ${METHODS.join(', ')}.`,
    })
  return { model: path.slice(0, colon), method }
}

/** Google's clients may send the key in the query. */
export function withQueryKey(headers: FastifyRequest['headers'], key: string | undefined): FastifyRequest['headers'] {
  return key === undefined ? headers : { ...headers, 'x-goog-api-key': key }
}
