import type { EventWriter, ReplyOptions } from '../../core/dialect.ts'
import type { ChatEvent, PartDelta, PartStart } from '../../core/events.ts'
import type { Usage } from '../../core/usage.ts'
import { Lost } from '../lost.ts'
import type { Json } from '../members.ts'
import { flatName } from '../tool-names.ts'
import { writeCitation } from './citations.ts'
import { writeError } from './errors.ts'
import { writeFinishReason } from './finish-reason.ts'
import { memberOf, nameOf } from './opaque.ts'
import { stateMembers } from './own-state.ts'
import { requestedCalls } from './requested-calls.ts'
import { writeUsage } from './usage.ts'
import { chatLogprobs, replyHead } from './write-reply.ts'

/** A part that is being written. */
interface Part {
  start: PartStart
  /** Of a tool call, its place among those of the choice. */
  callIndex: number
  /** Of a function's arguments that only as a whole become a custom tool's text. */
  held: string | null
  /** Of text: characters before it, and its own so far. */
  offset: number
  length: number
}

/** One choice of a stream. */
interface Choice {
  calls: number
  characters: number
  part: Part | null
}

/** Writes events as `chat.completion.chunk` frames. */
export function eventWriter(options: ReplyOptions): EventWriter {
  const lost = new Lost()
  const requested = requestedCalls(options.request)
  const choices = new Map<number, Choice>()
  const begun = new Set<number>()
  let head: Json = {}
  let usage: Usage | null = null

  const frame = (body: Json) => `data: ${JSON.stringify(body)}\n\n`
  /** OpenAI sends the role once, in a choice's first chunk. */
  const chunk = (index: number, delta: Json, reason: string | null = null, logprobs: unknown = null) => {
    const role = begun.has(index) ? {} : { role: 'assistant' }
    begun.add(index)
    return frame({ ...head, choices: [{ index, delta: { ...role, ...delta }, logprobs, finish_reason: reason }] })
  }
  const callChunk = (index: number, part: Part, call: Json) => {
    const member = requested.member([{ index: part.callIndex, ...call }], lost)
    const isFurther = part.callIndex > 0 && 'function_call' in member
    if (isFurther) lost.add('tool_calls')
    return isFurther ? '' : chunk(index, member)
  }

  const open = (start: PartStart): string => {
    const choice = choiceOf(choices, start.choice)
    const part: Part = { start, callIndex: choice.calls, held: null, offset: choice.characters, length: 0 }
    choice.part = part
    let text = ''
    if (start.kind === 'tool-call') {
      choice.calls += 1
      const name = flatName(start.name ?? '', start.namespace)
      if (start.custom)
        text = callChunk(start.choice, part, { id: start.id, type: 'custom', custom: { name, input: '' } })
      else if (requested.isCustom(name)) part.held = ''
      else text = callChunk(start.choice, part, { id: start.id, type: 'function', function: { name, arguments: '' } })
    }
    return text
  }

  const close = (index: number): string => {
    const part = choices.get(index)?.part
    if (!part) return ''
    choices.get(index)!.part = null
    if (part.held === null) return ''
    const { id = null, name = null, namespace = null } = part.start
    return callChunk(index, part, requested.write({ id, name, namespace, custom: false, text: part.held, state: null }))
  }

  const writeDelta = (event: PartDelta, part: Part): string => {
    const { choice, text } = event
    const logprobs = chatLogprobs(event.logprobs)
    const members = stateMembers(event.state)
    switch (part.start.kind) {
      case 'text': {
        part.length += text.length
        choices.get(choice)!.characters += text.length
        const citation = event.citation ? writeCitation(event.citation, part.offset, part.length) : undefined
        if (citation === null) lost.add('citations')
        const { extra_content } = members
        const delta = {
          ...(text === '' ? {} : { content: text }),
          ...(citation ? { annotations: [citation] } : {}),
          ...(extra_content === undefined ? {} : { extra_content }),
        }
        return Object.keys(delta).length === 0 && logprobs === null ? '' : chunk(choice, delta, null, logprobs)
      }
      case 'reasoning': {
        const { reasoning_details } = members
        const said = text === '' ? {} : { reasoning_content: text }
        const delta = { ...said, ...(reasoning_details === undefined ? {} : { reasoning_details }) }
        return Object.keys(delta).length === 0 ? '' : chunk(choice, delta, null, logprobs)
      }
      case 'refusal':
        return text === '' ? '' : chunk(choice, { refusal: text }, null, logprobs)
      case 'tool-call': {
        if (part.held !== null) part.held += text
        const { extra_content } = members
        const more = extra_content === undefined ? {} : { extra_content }
        const said = text === '' || part.held !== null ? {} : pieceOf(part.start, text)
        const call = { ...said, ...more }
        return Object.keys(call).length === 0 ? '' : callChunk(choice, part, call)
      }
      case 'opaque':
        return event.value === undefined ? '' : writeOpaque(event, part.start)
    }
  }

  const writeOpaque = ({ choice, value }: PartDelta, { dialect }: PartStart): string => {
    if (dialect !== 'openai-chat') {
      lost.add(nameOf(value))
      return ''
    }
    const member = memberOf(value)
    return chunk(choice, member ? { [member[0]]: member[1] } : { content: [value] })
  }

  return {
    lost: lost.names,
    write(event: ChatEvent) {
      switch (event.type) {
        case 'reply-start':
          head = replyHead({ ...event, extra: event.extra ?? {} }, 'chat.completion.chunk')
          return chunk(0, { content: '' })
        case 'part-start':
          return open(event)
        case 'part-delta': {
          const part = choices.get(event.choice)?.part
          return part ? writeDelta(event, part) : ''
        }
        case 'part-end':
          return close(event.choice)
        case 'finish':
          return chunk(event.choice, {}, requested.finish(writeFinishReason(event.reason, event.raw)))
        case 'usage':
          usage = event.usage
          return ''
        case 'error':
          return frame(writeError(event.error))
        default:
          return ''
      }
    },
    end() {
      const counts = usage && options.usage ? frame({ ...head, choices: [], usage: writeUsage(usage) }) : ''
      return `${counts}data: [DONE]\n\n`
    },
  }
}

function choiceOf(choices: Map<number, Choice>, index: number): Choice {
  let choice = choices.get(index)
  if (!choice) {
    choice = { calls: 0, characters: 0, part: null }
    choices.set(index, choice)
  }
  return choice
}

function pieceOf(start: PartStart, text: string): Json {
  return start.custom ? { custom: { input: text } } : { function: { arguments: text } }
}
