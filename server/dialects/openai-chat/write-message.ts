import type { Quirks } from '../../core/dialect.ts'
import type { Message, Part, ToolCallPart, ToolResultPart } from '../../core/request.ts'
import { type Json, objectsOf } from '../members.ts'
import { customArguments, flatName } from '../tool-names.ts'
import { writeCitation } from './citations.ts'
import { memberOf, nameOf } from './opaque.ts'
import { isThinking, stateMembers, writeThinking } from './own-state.ts'
import { cacheControl, type Writing, writeContent } from './write-part.ts'

type Assistant = Writing & { reasoning: Quirks['reasoning'] }

/**
 * The conversation. Media in results of tools, which OpenAI takes only as text, follow in a message of the user's
 * behind the last of the results.
 */
export function writeMessages(messages: readonly Message[], writing: Assistant): Json[] {
  const written: Json[] = []
  let media: Part[] = []
  for (const [index, message] of messages.entries()) {
    const name = message.name === undefined ? {} : { name: message.name }
    if (message.role === 'assistant') {
      written.push({ ...writeAssistant(message.parts, writing), ...name })
      continue
    }
    const results = message.parts.filter((part) => part.type === 'tool-result')
    let rest: Part[] = message.parts.filter((part) => part.type !== 'tool-result')
    for (const result of results) {
      written.push(writeResult(result, writing))
      if (!writing.own) media.push(...mediaOf(result))
    }
    const next = messages[index + 1]
    const resultsGoOn = next?.parts.some((part) => part.type === 'tool-result') ?? false
    if (media.length > 0 && (rest.length > 0 || !resultsGoOn)) {
      rest = [...media, ...rest]
      media = []
    }
    const role = message.role === 'tool' ? 'user' : message.role
    const content = writeContent(rest, writing)
    // A message whose parts could not be carried is none any more.
    if (rest.length > 0 && !(content === '' && rest.every((part) => part.type !== 'text')))
      written.push({ role, content, ...name })
    else if (message.parts.length === 0) written.push({ role, content: '', ...name })
  }
  return written
}

function writeResult(result: ToolResultPart, writing: Writing): Json {
  if (result.isError) writing.lost.add('is_error')
  const parts = writing.own ? result.parts : result.parts.filter((part) => part.type !== 'media')
  const marked = result.cache && writing.cacheControl && parts.length > 0
  const content = writeContent(
    marked ? [...parts.slice(0, -1), { ...parts.at(-1)!, cache: result.cache! } as Part] : parts,
    writing,
  )
  const name = result.name === undefined ? {} : { name: result.name }
  return { role: 'tool', tool_call_id: result.id, content, ...name }
}

function mediaOf(result: ToolResultPart): Part[] {
  const media = result.parts.filter((part) => part.type === 'media')
  return media.length === 0 ? [] : [{ type: 'text', text: `From tool call ${result.id}:` }, ...media]
}

function writeAssistant(parts: readonly Part[], writing: Assistant): Json {
  const calls = parts.filter((part) => part.type === 'tool-call')
  const refusals = parts.filter((part) => part.type === 'refusal')
  const members = parts.flatMap(membersOf)
  return {
    role: 'assistant',
    content: writeAssistantContent(parts, writing, calls.length + refusals.length + members.length > 0),
    ...(refusals.length === 0 ? {} : { refusal: refusals.map((part) => part.text).join('') }),
    ...writeReasoning(parts, writing),
    ...writeAnnotations(parts),
    ...Object.fromEntries(members),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map((call) => writeCall(call, writing)) }),
  }
}

/** What stands beside the content, as this dialect's reader keeps it. */
function membersOf(part: Part): [string, unknown][] {
  if (part.type === 'text') {
    const { extra_content } = stateMembers(part.state)
    return extra_content === undefined ? [] : [['extra_content', extra_content]]
  }
  const member = part.type === 'opaque' && part.dialect === 'openai-chat' ? memberOf(part.value) : null
  return member ? [member] : []
}

/** Servers that take only a string are many, so texts of a foreign client's are joined. */
function writeAssistantContent(parts: readonly Part[], writing: Writing, mayBeNull: boolean): unknown {
  const shown: Part[] = []
  for (const part of parts) {
    if (part.type === 'text') shown.push(part)
    else if (part.type === 'media') writing.lost.add(part.media === 'image' ? 'image_url' : part.media)
    else if (part.type === 'reasoning' && isThinking(part.state)) shown.push(part)
    else if (part.type === 'opaque' && membersOf(part).length === 0) {
      if (part.dialect === 'openai-chat') shown.push(part)
      else writing.lost.add(nameOf(part.value))
    }
  }
  if (shown.length === 0) return mayBeNull ? null : ''
  const texts = shown.filter((part) => part.type === 'text')
  const plain = texts.length === shown.length && !(writing.cacheControl && texts.some((part) => part.cache))
  if (plain && !writing.own) return texts.map((part) => part.text).join('')
  if (texts.length === shown.length) return writeContent(texts, writing)
  return shown.flatMap((part) =>
    part.type === 'reasoning' ? [writeThinking(part.text, part.state)] : writeListed(part, writing),
  )
}

function writeListed(part: Part, writing: Writing): Json[] {
  const content = writeContent([part], writing)
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content as Json[])
}

/** Reasoning of earlier turns, where the vendor says or its own state shows that it takes it. */
function writeReasoning(parts: readonly Part[], { reasoning, lost }: Assistant): Json {
  const all = parts.filter((part) => part.type === 'reasoning')
  const details = all.flatMap((part) => objectsOf(stateMembers(part.state).reasoning_details))
  const others = all.filter((part) => !isThinking(part.state))
  if (reasoning === undefined && others.some((part) => part.text !== '' && !stateMembers(part.state).reasoning_details))
    lost.add('reasoning')
  return {
    ...(reasoning === undefined || others.length === 0
      ? {}
      : { [reasoning]: others.map((part) => part.text).join('') }),
    ...(details.length === 0 ? {} : { reasoning_details: details }),
  }
}

/** Only those that came in this dialect: a quotation says nothing to another's model. */
function writeAnnotations(parts: readonly Part[]): Json {
  const citations = parts.flatMap((part) => (part.type === 'text' ? (part.citations ?? []) : []))
  const own = citations.filter(({ source }) => source.dialect === 'openai-chat')
  return own.length === 0 ? {} : { annotations: own.map((citation) => writeCitation(citation, 0, 0)) }
}

function writeCall(call: ToolCallPart, writing: Writing): Json {
  const { id, name, namespace, arguments: text, custom, state } = call
  const { extra_content } = stateMembers(state)
  const more = { ...(extra_content === undefined ? {} : { extra_content }), ...cacheControl(call, writing) }
  // To a foreign client's custom tools the vendor was told of as functions.
  if (custom && writing.own) return { id, type: 'custom', custom: { name, input: text }, ...more }
  const json = custom ? customArguments(text) : text === '' && !writing.own ? '{}' : text
  return { id, type: 'function', function: { name: flatName(name, namespace), arguments: json }, ...more }
}
