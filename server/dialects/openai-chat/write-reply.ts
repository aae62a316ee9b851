import type { ReplyOptions, Written } from '../../core/dialect.ts'
import type { ChatEvent } from '../../core/events.ts'
import { type CollectedChoice, type CollectedPart, type CollectedReply, collect, textOf } from '../collect.ts'
import { Lost } from '../lost.ts'
import { isObject, type Json, objectsOf } from '../members.ts'
import { writeCitation } from './citations.ts'
import { writeFinishReason } from './finish-reason.ts'
import { memberOf, nameOf } from './opaque.ts'
import { stateMembers } from './own-state.ts'
import { REPLY_MEMBERS } from './read-reply.ts'
import { type RequestedCalls, requestedCalls } from './requested-calls.ts'
import { writeUsage } from './usage.ts'

/** A unary reply out of events. Throws the error of an `error` event. */
export function writeReply(events: Iterable<ChatEvent>, options: ReplyOptions): Written {
  const reply = collect(events)
  const lost = new Lost()
  const requested = requestedCalls(options.request)
  const body = {
    ...replyHead(reply, 'chat.completion'),
    choices: reply.choices.map((choice) => ({
      index: choice.index,
      message: writeMessage(choice, requested, lost),
      logprobs: mergeLogprobs(choice.logprobs),
      finish_reason:
        choice.finish === null ? null : requested.finish(writeFinishReason(choice.finish, choice.finishRaw)),
    })),
    ...(reply.usage ? { usage: writeUsage(reply.usage) } : {}),
  }
  return { body, lost: lost.list() }
}

/** The members that a reply and each chunk of one begin with. Only those of the format are taken from `extra`. */
export function replyHead(
  { id, created, model, extra }: Pick<CollectedReply, 'id' | 'created' | 'model' | 'extra'>,
  object: string,
): Json {
  const own = REPLY_MEMBERS.filter((name) => extra[name] !== undefined).map((name) => [name, extra[name]])
  // Clients show it as a time, so a provider that does not say is not to seem of 1970.
  return { id, object, created: created || Math.floor(Date.now() / 1000), model, ...Object.fromEntries(own) }
}

function writeMessage(choice: CollectedChoice, requested: RequestedCalls, lost: Lost): Json {
  const parts = choice.parts.filter((part) => part !== undefined)
  const reasoning = textOf(choice, 'reasoning')
  const details = parts.flatMap(({ state }) => objectsOf(stateMembers(state).reasoning_details))
  const calls = parts.filter(({ kind }) => kind === 'tool-call').map((part) => requested.write(part))
  const annotations = writeAnnotations(parts, lost)
  const { content, members } = writeOpaque(parts, lost)
  const text = textOf(choice, 'text') ?? (calls.length > 0 || members.length > 0 ? null : '')
  return {
    role: 'assistant',
    content: content.some(({ type }) => type !== 'text') ? content : text,
    refusal: textOf(choice, 'refusal'),
    ...(reasoning === null ? {} : { reasoning_content: reasoning }),
    ...(details.length === 0 ? {} : { reasoning_details: details }),
    ...(annotations.length === 0 ? {} : { annotations }),
    ...Object.fromEntries(members),
    ...(calls.length === 0 ? {} : requested.member(calls, lost)),
  }
}

/** Annotations count from the beginning of the message's text. */
function writeAnnotations(parts: readonly CollectedPart[], lost: Lost): Json[] {
  let offset = 0
  return parts.flatMap((part) => {
    if (part.kind !== 'text') return []
    const written = part.citations.map((citation) => writeCitation(citation, offset, part.text.length))
    offset += part.text.length
    if (written.includes(null)) lost.add('citations')
    return written.filter((citation) => citation !== null)
  })
}

/** What only this dialect understands: members of the message, and its content as the list that Mistral has. */
function writeOpaque(parts: readonly CollectedPart[], lost: Lost): { content: Json[]; members: [string, unknown][] } {
  const content: Json[] = []
  const members: [string, unknown][] = []
  for (const { kind, dialect, value, state, text } of parts) {
    const { extra_content } = stateMembers(state)
    if (kind === 'text' && extra_content !== undefined) members.push(['extra_content', extra_content])
    if (kind === 'text' && text !== '') content.push({ type: 'text', text })
    if (kind !== 'opaque') continue
    const member = dialect === 'openai-chat' ? memberOf(value) : null
    if (dialect !== 'openai-chat') lost.add(nameOf(value))
    else if (member) members.push(member)
    else if (isObject(value)) content.push(value)
  }
  return { content, members }
}

/** Log-probabilities in this format's shape, which is the canonical one; `null` for any other. */
export function chatLogprobs(value: unknown): Json | null {
  return isObject(value) && (Array.isArray(value.content) || Array.isArray(value.refusal)) ? value : null
}

function mergeLogprobs(list: readonly unknown[]): Json | null {
  const all = (name: string) => list.flatMap((entry) => objectsOf(chatLogprobs(entry)?.[name]))
  const content = all('content')
  const refusal = all('refusal')
  return content.length + refusal.length === 0 ? null : { content, refusal: refusal.length === 0 ? null : refusal }
}
