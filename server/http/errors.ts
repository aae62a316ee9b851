import type { FastifyRequest } from 'fastify'
import type { GatewayError } from '../core/errors.ts'
import { clientDialect } from '../dialects/index.ts'
import { speaksAnthropic, speaksGemini } from './models.ts'
import { SURFACES } from './surfaces.ts'

/** An error in the shape that whoever asked reads. */
export function writeErrorFor(request: FastifyRequest, error: GatewayError): Record<string, unknown> {
  const path = request.url.split('?')[0]!
  if (path.startsWith('/admin/')) return { error: { code: error.code, message: error.message, hint: error.hint } }
  return clientDialect(dialectOf(path, request)).writeError(error)
}

function dialectOf(path: string, request: FastifyRequest) {
  const known = SURFACES[path]
  if (known !== undefined) return known
  if (path.startsWith('/api/')) return 'ollama'
  if (speaksGemini(request) || /^\/v1\/models\/.+:\w+$/.test(path)) return 'gemini'
  return speaksAnthropic(request) || path.startsWith('/v1/messages') ? 'anthropic-messages' : 'openai-chat'
}
