import { GatewayError } from '../../core/errors.ts'
import type { Message, Part, ReasoningPart, ToolCallPart, ToolResultPart } from '../../core/request.ts'
import { asList, asText, isObject, type Json, objectsOf, present, refuse } from '../members.ts'
import { FOREIGN_MARK, isAssistantKind } from './item-kinds.ts'
import { itemState, partOf } from './own-state.ts'
import { readContent } from './read-content.ts'

/** The conversation out of `input`, and the tools that items of it add. Throws `invalid_request` naming the member. */
export function readInput(input: unknown): { messages: Message[]; tools: Json[] } {
  if (typeof input === 'string')
    return { messages: [{ role: 'user', parts: [{ type: 'text', text: input }] }], tools: [] }
  const messages: Message[] = []
  const tools: Json[] = []
  for (const [index, item] of (asList(input, 'input') ?? []).entries()) {
    const param = `input.${index}`
    if (!isObject(item)) throw refuse(param, 'an object', item)
    if (item.type === 'additional_tools') tools.push(...objectsOf(item.tools))
    else readItem(item, param, messages)
  }
  return { messages, tools }
}

function readItem(item: Json, param: string, messages: Message[]): void {
  const type = asText(item.type, `${param}.type`) ?? (item.role === undefined ? 'item_reference' : 'message')
  switch (type) {
    case 'message':
      readMessage(item, param, messages)
      return
    case 'reasoning':
      assistant(messages).parts.push(readReasoning(item))
      return
    case 'function_call':
    case 'custom_tool_call':
      assistant(messages).parts.push(readCall(item, type, param))
      return
    case 'function_call_output':
    case 'custom_tool_call_output':
      messages.push({ role: 'tool', parts: [readResult(item, type, param)] })
      return
    case 'item_reference':
      throw new GatewayError(
        'invalid_request',
        `\`${param}\` refers to an item of an earlier response, which Gatehouse does not keep: send the item itself, as SDKs do with \`store: false\`.`,
        { param },
      )
  }
  const part: Part = { type: 'opaque', dialect: 'openai-responses', value: present(item) }
  if (isAssistantKind(type)) assistant(messages).parts.push(part)
  else messages.push({ role: 'user', parts: [part] })
}

/** All that a model says before somebody else speaks is one message. */
function assistant(messages: Message[]): Message {
  const last = messages.at(-1)
  if (last?.role === 'assistant') return last
  const message: Message = { role: 'assistant', parts: [] }
  messages.push(message)
  return message
}

function readMessage(item: Json, param: string, messages: Message[]): void {
  const { type: _, role, content, ...rest } = item
  const parts = readContent(content, `${param}.content`)
  const members = present(rest)
  switch (role) {
    case 'assistant': {
      const message = assistant(messages)
      const before = message.parts.at(-1)?.type
      if (before === 'text' || before === 'refusal' || hasMembers(members)) keep(parts, members)
      message.parts.push(...parts)
      return
    }
    case 'user':
      if (hasMembers(members)) keep(parts, members)
      messages.push({ role, parts })
      return
    case 'system':
    case 'developer':
      // What has no such state is `instructions`.
      keep(parts, { role, ...members })
      messages.push({ role: 'system', parts })
      return
  }
  throw refuse(`${param}.role`, '`user`, `assistant`, `system` or `developer`', role)
}

/** Puts what is said of the item besides its content to its first text. */
function keep(parts: readonly Part[], members: Json): void {
  const first = parts[0]
  if (first?.type === 'text') first.state = itemState(members, partOf(first.state))
}

function hasMembers(members: Json): boolean {
  return Object.keys(members).length > 0
}

/** Its text is the summary, or the thoughts themselves where a server shows them. */
function readReasoning(item: Json): ReasoningPart {
  const text = reasoningText(item)
  const { id, encrypted_content } = item
  const isForeign = typeof id === 'string' && id.startsWith(FOREIGN_MARK)
  // Without either the provider would not know it again (Codex leaves ids out).
  const isKnown = typeof id === 'string' || typeof encrypted_content === 'string'
  if (isForeign || !isKnown) return { type: 'reasoning', text }
  return { type: 'reasoning', text, state: { issuer: 'openai-responses', value: present(item) } }
}

export function reasoningText(item: Json): string {
  return [...objectsOf(item.content), ...objectsOf(item.summary)]
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('\n\n')
}

function readCall(item: Json, type: string, param: string): ToolCallPart {
  const { type: _, call_id, name, namespace, arguments: json, input, ...rest } = item
  const custom = type === 'custom_tool_call'
  const id = asText(call_id, `${param}.call_id`)
  if (!id) throw refuse(`${param}.call_id`, 'the id of the call', call_id)
  const toolName = asText(name, `${param}.name`)
  if (!toolName) throw refuse(`${param}.name`, 'the name of a tool', name)
  const group = asText(namespace, `${param}.namespace`)
  const text = asText(custom ? input : json, `${param}.${custom ? 'input' : 'arguments'}`) ?? ''
  const members = present(rest)
  return {
    type: 'tool-call',
    id,
    name: toolName,
    arguments: text,
    ...(custom ? { custom } : {}),
    ...(group === undefined ? {} : { namespace: group }),
    ...(hasMembers(members) ? { state: itemState(members) } : {}),
  }
}

function readResult(item: Json, type: string, param: string): ToolResultPart {
  const { type: _, call_id, output, name, ...rest } = item
  const id = asText(call_id, `${param}.call_id`)
  if (!id) throw refuse(`${param}.call_id`, 'the id of a call', call_id)
  const parts = readContent(isObject(output) ? JSON.stringify(output) : output, `${param}.output`)
  const toolName = asText(name, `${param}.name`)
  const members = { ...(type === 'custom_tool_call_output' ? { type } : {}), ...present(rest) }
  if (hasMembers(members)) keep(parts, members)
  return { type: 'tool-result', id, parts, ...(toolName === undefined ? {} : { name: toolName }) }
}
