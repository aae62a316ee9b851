import type { Message, Part, ReasoningPart, TextPart, ToolCallPart, ToolResultPart } from '../../core/request.ts'
import { isObject, type Json } from '../members.ts'
import { nameOf } from '../openai-chat/opaque.ts'
import { writeCitation } from './citations.ts'
import { isContentKind } from './item-kinds.ts'
import { itemOf, reasoningOf } from './own-state.ts'
import { type Writing, writeContent } from './write-content.ts'

/** The conversation as `instructions` and `input` items. */
export function writeInput(messages: readonly Message[], writing: Writing): { instructions?: string; input: Json[] } {
  const instructions = instructionsOf(messages[0])
  const rest = instructions === undefined ? messages : messages.slice(1)
  const customCalls = new Set<string>()
  const input = rest.flatMap((message) => {
    if (message.name !== undefined) writing.lost.add('name')
    return message.role === 'assistant'
      ? writeAssistant(message.parts, writing, customCalls)
      : writeOther(message, writing, customCalls)
  })
  return { ...(instructions === undefined ? {} : { instructions }), input }
}

/** A system message at the front that did not come as an item. */
function instructionsOf(message: Message | undefined): string | undefined {
  if (message?.role !== 'system' || message.parts.length === 0) return undefined
  const isPlain = (part: Part): part is TextPart => part.type === 'text' && itemOf(part.state) === null
  return message.parts.every(isPlain) ? message.parts.map((part) => part.text).join('\n\n') : undefined
}

/** A message of anybody but the model: its tool results and items of their own apart, in order. */
function writeOther(message: Message, writing: Writing, customCalls: ReadonlySet<string>): Json[] {
  const items: Json[] = []
  let content: Part[] = []
  const flush = () => {
    const first = content[0]
    const members = first?.type === 'text' ? itemOf(first.state) : null
    const role = message.role === 'tool' ? 'user' : message.role
    const written = writeContent(content, writing)
    if (written.length > 0) items.push({ type: 'message', role, content: written, ...members })
    content = []
  }
  for (const part of message.parts) {
    if (part.type === 'tool-result') {
      flush()
      if (part.isError) writing.lost.add('is_error')
      items.push(writeResult(part, writing, customCalls))
    } else if (isItem(part)) {
      flush()
      items.push(part.value as Json)
    } else content.push(part)
  }
  flush()
  return items
}

function isItem(part: Part): part is Extract<Part, { type: 'opaque' }> {
  return (
    part.type === 'opaque' &&
    part.dialect === 'openai-responses' &&
    isObject(part.value) &&
    !isContentKind(part.value.type)
  )
}

function writeResult(part: ToolResultPart, writing: Writing, customCalls: ReadonlySet<string>): Json {
  const { id, parts, name } = part
  const only = parts[0]
  const isText = parts.length === 1 && only?.type === 'text'
  const members = only?.type === 'text' ? itemOf(only.state) : null
  const type = customCalls.has(id) ? 'custom_tool_call_output' : 'function_call_output'
  const output = isText || parts.length === 0 ? (isText ? only.text : '') : writeContent(parts, writing)
  const naming = name === undefined || !writing.own ? {} : { name }
  return { type, call_id: id, output, ...naming, ...members }
}

/** What the model has said: each text in the message that it came in, everything else an item of its own. */
function writeAssistant(parts: readonly Part[], writing: Writing, customCalls: Set<string>): Json[] {
  const items: Json[] = []
  let content: Json[] | null = null
  for (const part of parts) {
    if (part.type === 'text' || part.type === 'refusal') {
      const members = part.type === 'text' ? itemOf(part.state) : null
      if (content === null || members !== null) {
        content = []
        items.push({ type: 'message', role: 'assistant', content, ...members })
      }
      content.push(part.type === 'refusal' ? { type: 'refusal', refusal: part.text } : writeText(part))
      continue
    }
    const item = writeAssistantItem(part, writing, customCalls)
    if (item === null) continue
    items.push(item)
    content = null
  }
  return items
}

function writeText(part: TextPart): Json {
  // Quotations of another dialect's say nothing to OpenAI's models.
  const own = (part.citations ?? []).filter(({ source }) => source.dialect === 'openai-responses')
  const annotations = own.map((citation) => writeCitation(citation, part.text.length))
  return { type: 'output_text', text: part.text, ...(annotations.length === 0 ? {} : { annotations }) }
}

function writeAssistantItem(part: Part, writing: Writing, customCalls: Set<string>): Json | null {
  switch (part.type) {
    case 'tool-call':
      if (part.custom) customCalls.add(part.id)
      return writeCall(part)
    case 'reasoning':
      return writeReasoning(part, writing)
    case 'opaque':
      if (part.dialect === 'openai-responses') return part.value as Json
      writing.lost.add(nameOf(part.value))
      return null
    case 'media':
      writing.lost.add(part.media === 'image' ? 'image_url' : part.media)
      return null
    default:
      writing.lost.add(part.type)
      return null
  }
}

function writeCall(part: ToolCallPart): Json {
  const { id, name, namespace, arguments: text, custom, state } = part
  const group = namespace === undefined ? {} : { namespace }
  const members = itemOf(state) ?? {}
  if (custom) return { type: 'custom_tool_call', call_id: id, name, ...group, input: text, ...members }
  return { type: 'function_call', call_id: id, name, ...group, arguments: text, ...members }
}

/** Nothing is stored, so what the provider cannot unseal it would not know again. */
function writeReasoning(part: ReasoningPart, { lost, own }: Writing): Json | null {
  const item = reasoningOf(part.state)
  if (item !== null && (own || typeof item.encrypted_content === 'string')) return item
  if (part.text !== '') lost.add('reasoning')
  return null
}
