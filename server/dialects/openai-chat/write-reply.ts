import type { ChatEvent } from '../../core/events.ts'
import type { EventWriter, EventWriterOptions } from '../../core/ports.ts'
import { type CollectedChoice, collect, textOf } from '../collect.ts'
import { writeError } from './errors.ts'
import { writeFinishReason } from './finish-reason.ts'
import { writeUsage } from './usage.ts'

type Json = Record<string, unknown>

/** A unary reply out of events. Throws the error of an `error` event. */
export function writeReply(events: Iterable<ChatEvent>): Json {
  const reply = collect(events)
  return {
    id: reply.id,
    object: 'chat.completion',
    created: reply.created,
    model: reply.model,
    ...reply.extra,
    choices: reply.choices.map((choice) => ({
      index: choice.index,
      message: writeMessage(choice),
      logprobs: mergeLogprobs(choice.logprobs),
      finish_reason: choice.finish === null ? null : writeFinishReason(choice.finish),
    })),
    ...(reply.usage ? { usage: writeUsage(reply.usage) } : {}),
  }
}

function writeMessage(choice: CollectedChoice): Json {
  const reasoning = textOf(choice, 'reasoning')
  const calls = choice.parts.filter((part) => part?.kind === 'tool-call')
  return {
    role: 'assistant',
    content: textOf(choice, 'text') ?? (calls.length > 0 ? null : ''),
    refusal: textOf(choice, 'refusal'),
    ...(reasoning === null ? {} : { reasoning_content: reasoning }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map(({ id, name, text }) => ({
            id,
            type: 'function',
            function: { name, arguments: text },
          })),
        }),
  }
}

function mergeLogprobs(list: readonly unknown[]): Json | null {
  if (list.length === 0) return null
  const content = list.flatMap((entry) => ((entry as { content?: unknown[] | null }).content ?? []) as unknown[])
  return { content }
}

/** Writes events as `chat.completion.chunk` frames. */
export function eventWriter(options: EventWriterOptions): EventWriter {
  let head: Json = {}
  /** Per choice: the kind of each part and, for tool calls, its index among them. */
  const parts = new Map<string, { kind: string; toolIndex: number }>()
  const toolCounts = new Map<number, number>()

  const frame = (body: Json) => `data: ${JSON.stringify(body)}\n\n`
  const chunk = (choice: number, delta: Json, reason: string | null = null, logprobs: unknown = null) =>
    frame({ ...head, choices: [{ index: choice, delta, logprobs, finish_reason: reason }] })
  const partKey = (event: { choice: number; part: number }) => `${event.choice} ${event.part}`
  const seen = new Set<number>()
  /** OpenAI sends the role once, in a choice's first chunk. */
  const role = (choice: number): Json => {
    if (seen.has(choice)) return {}
    seen.add(choice)
    return { role: 'assistant' }
  }

  return {
    write(event) {
      switch (event.type) {
        case 'reply-start': {
          const { id, created, model, extra } = event
          head = { id, object: 'chat.completion.chunk', created, model, ...extra }
          return chunk(0, { ...role(0), content: '' })
        }
        case 'part-start': {
          const toolIndex = toolCounts.get(event.choice) ?? 0
          parts.set(partKey(event), { kind: event.kind, toolIndex })
          if (event.kind !== 'tool-call') return ''
          toolCounts.set(event.choice, toolIndex + 1)
          const call = {
            index: toolIndex,
            id: event.id,
            type: 'function',
            function: { name: event.name, arguments: '' },
          }
          return chunk(event.choice, { ...role(event.choice), tool_calls: [call] })
        }
        case 'part-delta': {
          const part = parts.get(partKey(event))
          const delta = part === undefined ? null : writeDelta(part, event.text)
          return delta === null ? '' : chunk(event.choice, { ...role(event.choice), ...delta }, null, event.logprobs)
        }
        case 'finish':
          return chunk(event.choice, role(event.choice), writeFinishReason(event.reason))
        case 'usage':
          return options.usage ? frame({ ...head, choices: [], usage: writeUsage(event.usage) }) : ''
        case 'error':
          return frame(writeError(event.error))
        default:
          return ''
      }
    },
    end: () => 'data: [DONE]\n\n',
  }
}

function writeDelta(part: { kind: string; toolIndex: number }, text: string): Json | null {
  switch (part.kind) {
    case 'text':
      return { content: text }
    case 'reasoning':
      return { reasoning_content: text }
    case 'refusal':
      return { refusal: text }
    case 'tool-call':
      return { tool_calls: [{ index: part.toolIndex, function: { arguments: text } }] }
    default:
      return null
  }
}
