import type { GatewayError } from '../core/errors.ts'
import { clientDialect } from '../dialects/index.ts'
import { SURFACES } from './surfaces.ts'

/** An error in the shape that callers of this path read. */
export function writeErrorFor(path: string, anthropic: boolean, error: GatewayError): Record<string, unknown> {
  if (path.startsWith('/admin/')) return { error: { code: error.code, message: error.message, hint: error.hint } }
  return clientDialect(dialectOf(path, anthropic)).writeError(error)
}

function dialectOf(path: string, anthropic: boolean) {
  const known = SURFACES[path]
  if (known !== undefined) return known
  if (path.startsWith('/api/')) return 'ollama'
  if (path.startsWith('/v1beta/') || /^\/v1\/models\/.+:\w*[gG]enerateContent$/.test(path)) return 'gemini'
  return anthropic || path.startsWith('/v1/messages') ? 'anthropic-messages' : 'openai-chat'
}
