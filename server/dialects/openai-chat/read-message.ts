import type { Citation, Message, Part, ReasoningPart, ToolCallPart, ToolResultPart } from '../../core/request.ts'
import { asObject, asObjects, asText, isObject, type Json, objectsOf, refuse } from '../members.ts'
import { readCitations } from './citations.ts'
import { ownState } from './own-state.ts'
import { readCacheMark, readContent } from './read-part.ts'
import { detailsText } from './reasoning-details.ts'

/** Members of an assistant message that have a place in the model, or say nothing that a model would read. */
const ASSISTANT = new Set(
  `role content name refusal reasoning reasoning_content reasoning_details annotations tool_calls function_call
  extra_content cache_control id index parsed created_at`.split(/\s+/),
)

/** The conversation. Throws `invalid_request` naming the member, e.g. `messages.2.content`. */
export function readMessages(messages: unknown): Message[] {
  const legacyCalls = new Map<string, string>()
  return asObjects(messages, 'messages').map((json, index) => readMessage(json, `messages.${index}`, legacyCalls))
}

function readMessage(json: Json, param: string, legacyCalls: Map<string, string>): Message {
  const given = asText(json.name, `${param}.name`)
  const name = given === undefined ? {} : { name: given }
  switch (json.role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: readMarkedContent(json, param), ...name }
    case 'user':
      return { role: 'user', parts: readMarkedContent(json, param), ...name }
    case 'assistant':
      return { role: 'assistant', parts: readAssistant(json, param, legacyCalls), ...name }
    case 'tool':
    case 'function':
      return { role: 'tool', parts: [{ ...readResult(json, param, legacyCalls), ...name }] }
  }
  throw refuse(`${param}.role`, '`system`, `developer`, `user`, `assistant` or `tool`', json.role)
}

/** LiteLLM also takes `cache_control` beside the content: it marks the last part. */
function readMarkedContent(json: Json, param: string): Part[] {
  const parts = readContent(json.content, `${param}.content`)
  const cache = readCacheMark(json)
  const last = parts.at(-1)
  if (cache !== null && last && last.type !== 'reasoning' && last.type !== 'refusal') last.cache ??= cache
  return parts
}

/** Results of old `function_call`s have no id: they belong to the last call of that name. */
function readResult(json: Json, param: string, legacyCalls: ReadonlyMap<string, string>): ToolResultPart {
  const id =
    json.role === 'function'
      ? legacyCalls.get(String(json.name))
      : asText(json.tool_call_id, `${param}.tool_call_id`) || undefined
  if (id === undefined) {
    if (json.role === 'tool') throw refuse(`${param}.tool_call_id`, 'the id of a tool call', json.tool_call_id)
    throw refuse(`${param}.name`, 'the name of a function called before', json.name)
  }
  const cache = readCacheMark(json)
  const parts = readContent(json.content, `${param}.content`)
  return { type: 'tool-result', id, parts, ...(cache === null ? {} : { cache }) }
}

function readAssistant(json: Json, param: string, legacyCalls: Map<string, string>): Part[] {
  const calls = asObjects(json.tool_calls, `${param}.tool_calls`).map((call, index) =>
    readCall(call, `${param}.tool_calls.${index}`),
  )
  const legacy = asObject(json.function_call, `${param}.function_call`)
  if (legacy) {
    const call = readCall({ function: legacy, id: `call_${param.replace('.', '_')}` }, `${param}.function_call`)
    legacyCalls.set(call.name, call.id)
    calls.push(call)
  }
  const shown = readMarkedContent(json, param)
  const text = shown.findLast((part) => part.type === 'text')
  const citations: Citation[] = readCitations(json.annotations)
  if (text && citations.length > 0) text.citations = citations
  if (text && isObject(json.extra_content)) text.state = ownState({ extra_content: json.extra_content })
  const refusal = asText(json.refusal, `${param}.refusal`)
  return [
    ...readReasoning(json),
    // Beside a call an empty text only fills the member.
    ...shown.filter((part) => calls.length === 0 || part.type !== 'text' || part.text !== ''),
    ...(refusal === undefined ? [] : [{ type: 'refusal', text: refusal } as const]),
    ...furtherMembers(json),
    ...calls,
  ]
}

function readReasoning(json: Json): ReasoningPart[] {
  const details = objectsOf(json.reasoning_details)
  const said = json.reasoning_content ?? json.reasoning
  const text = typeof said === 'string' ? said : detailsText(details)
  if (details.length > 0) return [{ type: 'reasoning', text, state: ownState({ reasoning_details: details }) }]
  return typeof said === 'string' ? [{ type: 'reasoning', text }] : []
}

/** Members that only this dialect's own providers understand, e.g. `audio`, or Mistral's `prefix`. */
function furtherMembers(json: Json): Part[] {
  return Object.entries(json)
    .filter(([name, value]) => !ASSISTANT.has(name) && value !== undefined && value !== null && value !== false)
    .map(([name, value]) => ({ type: 'opaque', dialect: 'openai-chat', value: { type: `message.${name}`, value } }))
}

function readCall(call: Json, param: string): ToolCallPart {
  const custom = call.type === 'custom'
  const place = custom ? 'custom' : 'function'
  const body = asObject(call[place], `${param}.${place}`) ?? {}
  const name = asText(body.name, `${param}.${place}.name`)
  if (name === undefined) throw refuse(`${param}.${place}.name`, 'the name of a tool', body.name)
  const id = asText(call.id, `${param}.id`)
  if (!id) throw refuse(`${param}.id`, 'the id of the tool call', call.id)
  const given = custom ? body.input : body.arguments
  const cache = readCacheMark(call)
  return {
    type: 'tool-call',
    id,
    name,
    // Some clients send the arguments as the object that they were parsed to.
    arguments: isObject(given) ? JSON.stringify(given) : (asText(given, `${param}.${place}.arguments`) ?? ''),
    ...(custom ? { custom } : {}),
    ...(isObject(call.extra_content) ? { state: ownState({ extra_content: call.extra_content }) } : {}),
    ...(cache === null ? {} : { cache }),
  }
}
