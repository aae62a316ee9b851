import { GatewayError } from '../../core/errors.ts'
import type { Dialect } from '../../core/ports.ts'
import { eventReader, eventWriter, readReply, writeReply } from './reply.ts'
import { readRequest, writeRequest } from './request.ts'

/** Ollama's own chat API: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion */
export const ollamaDialect: Dialect = {
  id: 'ollama',
  streamType: 'application/x-ndjson',
  readHead(json) {
    if (typeof json.model !== 'string' || json.model === '')
      throw new GatewayError('invalid_request', 'The request has no `model`.', { param: 'model' })
    if (!Array.isArray(json.messages))
      throw new GatewayError('invalid_request', 'The request has no `messages`.', { param: 'messages' })
    return { model: json.model, stream: json.stream !== false, streamUsage: true, user: null, metadata: null }
  },
  readRequest,
  writeRequest,
  readReply,
  writeReply,
  eventReader,
  eventWriter,
  writeError: (error) => ({ error: error.advice }),
  readErrorMessage(json) {
    const error = (json as { error?: unknown } | null)?.error
    return typeof error === 'string' ? error : null
  },
}
