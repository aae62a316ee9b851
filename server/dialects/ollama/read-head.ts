import { GatewayError } from '../../core/errors.ts'
import type { RequestHead } from '../../core/request.ts'
import { asBoolean, asObject, asObjects, asText, type Json } from '../members.ts'

/** Checks a chat request and reads what routing needs. Throws `invalid_request` that names the member. */
export function readHead(json: Readonly<Json>): RequestHead {
  asObjects(json.messages, 'messages')
  asObjects(json.tools, 'tools')
  return readOllamaHead(json)
}

/** What all of Ollama's requests for text have in common: they stream unless told not to. */
export function readOllamaHead(json: Readonly<Json>): RequestHead {
  const model = asText(json.model, 'model')
  if (!model) throw new GatewayError('invalid_request', 'The request has no `model`.', { param: 'model' })
  asObject(json.options, 'options')
  const stream = asBoolean(json.stream, 'stream') ?? true
  return { model, stream, streamUsage: true, user: null, metadata: null }
}
