import type { MediaPart, Message, Part, ToolCallPart } from '../../core/request.ts'
import { readLocation, sniffMime } from '../media.ts'
import { asList, asObject, asObjects, asText, isObject, type Json, refuse } from '../members.ts'
import { OpenCalls } from '../open-calls.ts'

const ROLES: Readonly<Record<string, Message['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
}

/** Messages in the canonical model. Results name their tool, and their call only since lately: they are matched. */
export function readMessages(value: unknown): Message[] {
  const calls = new OpenCalls()
  return asObjects(value, 'messages').map((json, index) => {
    const param = `messages.${index}`
    const role = asText(json.role, `${param}.role`) ?? ''
    if (!Object.hasOwn(ROLES, role)) throw refuse(`${param}.role`, '`system`, `user`, `assistant` or `tool`', json.role)
    return readMessage(ROLES[role]!, json, param, calls)
  })
}

function readMessage(role: Message['role'], json: Json, param: string, calls: OpenCalls): Message {
  const text = asText(json.content, `${param}.content`) ?? ''
  const images = readImages(json.images, `${param}.images`)
  if (role === 'tool') {
    const name = asText(json.tool_name ?? json.name, `${param}.tool_name`) ?? ''
    const id = calls.close(asText(json.tool_call_id, `${param}.tool_call_id`), name)
    const parts: Part[] = [{ type: 'text', text }, ...images]
    return { role, parts: [{ type: 'tool-result', id, ...(name === '' ? {} : { name }), parts }] }
  }
  const thinking = asText(json.thinking, `${param}.thinking`)
  const toolCalls = asObjects(json.tool_calls, `${param}.tool_calls`).map((call, index) =>
    readCall(call, `${param}.tool_calls.${index}`, calls),
  )
  const parts: Part[] = [
    ...(thinking ? [{ type: 'reasoning' as const, text: thinking }] : []),
    ...(text !== '' ? [{ type: 'text' as const, text }] : []),
    ...images,
    ...toolCalls,
  ]
  return { role, parts: parts.length === 0 ? [{ type: 'text', text: '' }] : parts }
}

function readCall(json: Json, param: string, calls: OpenCalls): ToolCallPart {
  const { name: given, arguments: value } = asObject(json.function, `${param}.function`) ?? {}
  const name = asText(given, `${param}.function.name`)
  if (!name) throw refuse(`${param}.function.name`, 'the name of a tool', given)
  const text = typeof value === 'string' ? value : isObject(value) ? JSON.stringify(value) : undefined
  if (text === undefined && value !== undefined && value !== null)
    throw refuse(`${param}.function.arguments`, 'an object', value)
  return { type: 'tool-call', id: calls.open(asText(json.id, `${param}.id`), name), name, arguments: text ?? '{}' }
}

/** Images are base64 content; some clients send it as a data URL. Throws `invalid_request`. */
export function readImages(value: unknown, param: string): MediaPart[] {
  return (asList(value, param) ?? []).map((item, index) => {
    const image = asText(item, `${param}.${index}`)
    if (!image) throw refuse(`${param}.${index}`, 'base64 content', item)
    const location = readLocation(image)
    if ('data' in location) return { type: 'media', media: 'image', ...location }
    const mime = sniffMime(image)
    return { type: 'media', media: 'image', data: image, ...(mime === null ? {} : { mime }) }
  })
}
