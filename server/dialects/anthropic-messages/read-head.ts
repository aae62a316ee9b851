import { GatewayError } from '../../core/errors.ts'
import type { RequestHead } from '../../core/request.ts'
import { asBoolean, asList, asNumber, asObject, asObjects, asText, isObject, type Json, refuse } from '../members.ts'

/** No limit of tokens is higher; what is, can never be meant. */
const MOST_TOKENS = 1e8
const ROLES = new Set(['user', 'assistant', 'system'])

/**
 * Checks a request's shape and reads what routing needs: https://platform.claude.com/docs/en/api/messages/create
 * What a model takes is its provider's to say. Throws `invalid_request` that names the member.
 */
export function readHead(json: Readonly<Json>): RequestHead {
  const model = asText(json.model, 'model')
  if (model === undefined) throw missing('model')
  if (model === '' || model.length > 512) throw refuse('model', 'the name of a model or route', model)
  checkLimit(json.max_tokens)
  checkMessages(json.messages)
  checkContent(json.system, 'system')
  for (const name of ['temperature', 'top_p', 'top_k']) asNumber(json[name], name)
  for (const [index, stop] of (asList(json.stop_sequences, 'stop_sequences') ?? []).entries())
    if (typeof stop !== 'string') throw refuse(`stop_sequences.${index}`, 'a string', stop)
  for (const [index, tool] of asObjects(json.tools, 'tools').entries())
    for (const name of ['name', 'type']) asText(tool[name], `tools.${index}.${name}`)
  for (const name of ['tool_choice', 'thinking', 'output_format'])
    asText(asObject(json[name], name)?.type ?? '', `${name}.type`)
  asObject(json.output_config, 'output_config')
  return {
    model,
    stream: asBoolean(json.stream, 'stream') === true,
    streamUsage: true,
    user: asText(asObject(json.metadata, 'metadata')?.user_id, 'metadata.user_id') ?? null,
    metadata: null,
  }
}

/** A limit of 0 only fills the prompt cache. */
function checkLimit(value: unknown): void {
  if (value === undefined || value === null) throw missing('max_tokens')
  if (!Number.isInteger(value) || Number(value) < 0 || Number(value) > MOST_TOKENS)
    throw refuse('max_tokens', 'a whole number of tokens', value)
}

function checkMessages(value: unknown): void {
  const messages = asObjects(value, 'messages')
  if (value === undefined || value === null) throw missing('messages')
  if (messages.length === 0) throw refuse('messages', 'a list with at least one message', value)
  for (const [index, { role, content }] of messages.entries()) {
    if (typeof role !== 'string' || !ROLES.has(role))
      throw refuse(`messages.${index}.role`, 'user, assistant or system', role)
    checkContent(content, `messages.${index}.content`)
  }
}

function checkContent(content: unknown, path: string): void {
  if (content === undefined || content === null || typeof content === 'string') return
  if (!Array.isArray(content)) throw refuse(path, 'a string or a list of content blocks', content)
  for (const [index, block] of content.entries())
    if (!isObject(block) || typeof block.type !== 'string')
      throw refuse(`${path}.${index}`, 'a content block, which has a type', block)
}

function missing(name: string): GatewayError {
  return new GatewayError('invalid_request', `The request has no \`${name}\`.`, { param: name })
}
