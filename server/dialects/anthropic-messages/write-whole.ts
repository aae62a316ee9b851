import type { ReplyOptions, Written } from '../../core/dialect.ts'
import type { ChatEvent } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import { type CollectedChoice, type CollectedPart, collect } from '../collect.ts'
import { parseObject } from '../loose-json.ts'
import { Lost } from '../lost.ts'
import { isObject, type Json } from '../members.ts'
import { customArguments, flatName } from '../tool-names.ts'
import { writeCitation } from './citations.ts'
import { writeStop } from './finish-reason.ts'
import { callMembers, FOREIGN_MARK, ID, thinkingBlock } from './state.ts'
import { writeUsage } from './usage.ts'

/** A whole reply out of events. Throws the error of an `error` event. */
export function writeReply(events: Iterable<ChatEvent>, options: ReplyOptions): Written {
  const reply = collect(events)
  const lost = new Lost()
  const choice = reply.choices.find(({ index }) => index === 0)
  if (reply.choices.some(({ index }) => index > 0)) lost.add('n')
  if (choice && choice.logprobs.length > 0) lost.add('logprobs')
  const body: Json = {
    ...messageHead(reply.id, reply.model),
    content: (choice?.parts ?? []).flatMap((part) => writePart(part, lost)),
    ...stopOf(choice),
    ...ownMembers(reply.extra),
    usage: reply.usage === null ? { input_tokens: options.promptTokens, output_tokens: 0 } : writeUsage(reply.usage),
  }
  return { body, lost: lost.list() }
}

/** What every message begins with. */
export function messageHead(id: string, model: string): Json {
  return { id: id || newToolCallId().replace('call_', 'msg_'), type: 'message', role: 'assistant', model }
}

/** Of a reply's further members those that only Anthropic's have. */
export function ownMembers(extra: Readonly<Json>): Json {
  const names = ['container', 'context_management', 'diagnostics', 'input_transformations', 'stop_details']
  return Object.fromEntries(names.filter((name) => extra[name] !== undefined).map((name) => [name, extra[name]]))
}

/** The block of a part that only Anthropic understands; `null` for another dialect's, which is lost by its type. */
export function opaqueBlock(
  part: Pick<CollectedPart, 'dialect' | 'value'>,
  lost: { add(name: string): void },
): Json | null {
  const { dialect, value } = part
  if (!isObject(value)) return null
  if (dialect === ID) return value
  lost.add(typeof value.type === 'string' ? value.type : 'opaque')
  return null
}

function stopOf(choice: CollectedChoice | undefined): Json {
  if (!choice || choice.finish === null) return { stop_reason: null, stop_sequence: null }
  const refused = choice.parts.some((part) => part?.kind === 'refusal')
  return writeStop({ reason: choice.finish, raw: choice.finishRaw, stop: choice.stop }, refused)
}

function writePart(part: CollectedPart | undefined, lost: Lost): Json[] {
  if (!part) return []
  switch (part.kind) {
    case 'text':
    case 'refusal': {
      const citations = part.citations.map(writeCitation)
      if (citations.includes(null)) lost.add('citations')
      const kept = citations.filter((citation) => citation !== null)
      return [{ type: 'text', text: part.text, ...(kept.length === 0 ? {} : { citations: kept }) }]
    }
    case 'reasoning': {
      const own = thinkingBlock(part.text, part.state)
      if (own) return [own]
      return part.text === '' ? [] : [{ type: 'thinking', thinking: part.text, signature: FOREIGN_MARK }]
    }
    case 'tool-call': {
      const name = flatName(part.name ?? '', part.namespace)
      const id = part.id ?? newToolCallId()
      return [{ type: 'tool_use', id, name, input: toolInput(part), ...callMembers(part.state) }]
    }
    case 'opaque': {
      const block = opaqueBlock(part, lost)
      return block ? [block] : []
    }
  }
}

/** A tool's input has to be an object; a text that is none goes under the name that Anthropic gives such texts. */
export function toolInput({ text, custom }: { text: string; custom: boolean }): Json {
  // https://platform.claude.com/docs/en/agents-and-tools/tool-use/fine-grained-tool-streaming
  return parseObject(custom ? customArguments(text) : text || '{}') ?? { INVALID_JSON: text }
}
