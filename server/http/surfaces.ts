import type { FastifyInstance } from 'fastify'
import type { DialectId } from '../core/dialect-id.ts'
import { clientDialect } from '../dialects/index.ts'
import type { HttpDeps } from './context.ts'
import { registerCalls, serve } from './serve.ts'

/** Endpoints with their model in the body, and the wire format that is spoken there. */
export const SURFACES: Readonly<Record<string, DialectId>> = {
  '/v1/chat/completions': 'openai-chat',
  '/v1/completions': 'openai-completions',
  '/v1/responses': 'openai-responses',
  '/v1/embeddings': 'openai-embeddings',
  '/v1/rerank': 'rerank',
  '/v2/rerank': 'rerank',
  '/v1/audio/speech': 'openai-speech',
  '/v1/audio/transcriptions': 'openai-transcription',
  '/v1/images/generations': 'openai-images',
  '/v1/moderations': 'openai-moderations',
  '/v1/messages': 'anthropic-messages',
  '/v1/messages/count_tokens': 'anthropic-count-tokens',
  '/api/chat': 'ollama',
  '/api/generate': 'ollama-generate',
  '/api/embed': 'ollama-embed',
  '/api/embeddings': 'ollama-embeddings',
}

/** POST endpoints that call models. */
export function registerSurfaces(app: FastifyInstance, deps: HttpDeps): void {
  registerCalls(app, (scope) => {
    for (const [surface, id] of Object.entries(SURFACES)) {
      const dialect = clientDialect(id)
      scope.post(surface, async (request, reply) => {
        reply.hijack()
        const call = { surface, dialect, address: {}, headers: request.headers }
        await serve(deps, call, request.raw, reply.raw)
      })
    }
  })
}
