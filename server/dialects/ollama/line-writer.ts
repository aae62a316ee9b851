import type { EventWriter, ReplyOptions, Written } from '../../core/dialect.ts'
import type { ChatEvent, Finish } from '../../core/events.ts'
import type { Usage } from '../../core/usage.ts'
import { collect } from '../collect.ts'
import { stringOf } from '../loose-json.ts'
import { opaqueName } from '../lost.ts'
import { isObject, type Json } from '../members.ts'
import { argumentsObject } from '../tool-arguments.ts'
import { flatName } from '../tool-names.ts'
import { writeError } from './errors.ts'
import { writeFinishReason } from './finish-reason.ts'
import { writeLogprobs } from './logprobs.ts'
import { type Stopwatch, stopwatch } from './stopwatch.ts'

/** Content of one line. */
export interface LineContent {
  text?: string
  thinking?: string
  toolCalls?: Json[]
  images?: unknown[]
}

/** How an endpoint puts content into a line; names what it has no place for. */
export type LineShape = (content: LineContent, lost: Set<string>) => Json

/** What the writer needs of a part, whether it comes in deltas or whole. */
interface Piece {
  kind: string
  id?: string | null
  name?: string | null
  namespace?: string | null
  custom?: boolean
  dialect?: string | null
  text: string
  value?: unknown
}

/** A whole reply out of events. How long it took is only known where Ollama itself made it. */
export function writeWhole(events: Iterable<ChatEvent>, shape: LineShape, options: ReplyOptions): Written {
  const reply = collect(events)
  const lost = new Set<string>()
  if (reply.choices.length > 1) lost.add('n')
  const choice = reply.choices[0]
  const pieces = (choice?.parts ?? []).flatMap((part, index) => {
    if (part.citations.length > 0) lost.add('citations')
    return [contentOf(part, index, lost)]
  })
  const numbered = pieces.flatMap(({ toolCalls = [] }) => toolCalls)
  const merged: LineContent = {
    text: pieces.map(({ text = '' }) => text).join(''),
    ...(pieces.some(({ thinking }) => thinking)
      ? { thinking: pieces.map((piece) => piece.thinking ?? '').join('') }
      : {}),
    ...(numbered.length > 0 ? { toolCalls: numbered.map((call, index) => withIndex(call, index)) } : {}),
    ...(pieces.some(({ images }) => images) ? { images: pieces.flatMap(({ images = [] }) => images) } : {}),
  }
  const logprobs = choice?.logprobs ?? []
  return {
    body: {
      model: modelOf(reply, options),
      created_at: new Date().toISOString(),
      ...shape(merged, lost),
      ...(logprobs.length === 0 ? {} : { logprobs: writeLogprobs(logprobs) }),
      done: true,
      done_reason: writeFinishReason(choice?.finish ?? 'stop', choice?.finishRaw ?? null),
      ...stopwatch(options.startedAt).metrics(reply.usage),
    },
    lost: [...lost],
  }
}

/** Writes events as NDJSON lines; a tool call is written when it is whole, as Ollama does. */
export function lineWriter(
  shape: LineShape,
  options: ReplyOptions,
  watch: Stopwatch = stopwatch(options.startedAt),
): EventWriter {
  const lost = new Set<string>()
  const parts = new Map<number, Piece>()
  let model = ''
  let calls = 0
  let finish: Finish | null = null
  let usage: Usage | null = null

  const line = (content: LineContent, more: Json) =>
    `${JSON.stringify({ model, created_at: new Date().toISOString(), ...shape(content, lost), ...more })}\n`
  const write = (piece: Piece, logprobs?: unknown): string => {
    const content = contentOf(piece, calls, lost)
    if (Object.keys(content).length === 0) return ''
    watch.lap()
    if (piece.kind === 'tool-call') calls += 1
    return line(content, { ...(logprobs ? { logprobs: writeLogprobs([logprobs]) } : {}), done: false })
  }
  return {
    lost,
    write(event) {
      if ('choice' in event && event.choice > 0) {
        lost.add('n')
        return ''
      }
      switch (event.type) {
        case 'reply-start':
          model = modelOf(event, options)
          return ''
        case 'part-start':
          parts.set(event.part, { ...event, text: '' })
          return ''
        case 'part-delta': {
          const part = parts.get(event.part)
          if (part === undefined) return ''
          if (event.citation !== undefined) lost.add('citations')
          if (part.kind === 'tool-call') {
            part.text += event.text
            return ''
          }
          return write({ ...part, text: event.text, value: event.value }, event.logprobs)
        }
        case 'part-end': {
          const part = parts.get(event.part)
          return part?.kind === 'tool-call' ? write(part) : ''
        }
        case 'finish':
          finish = event
          return ''
        case 'usage':
          usage = event.usage
          return ''
        case 'error':
          return `${JSON.stringify(writeError(event.error))}\n`
        default:
          return ''
      }
    },
    end() {
      if (finish === null) return ''
      const reason = writeFinishReason(finish.reason, finish.raw)
      return line({ text: '' }, { done: true, done_reason: reason, ...watch.metrics(usage) })
    },
  }
}

/** A piece's content; empty when there is none, or when it has no place here, which is named in `lost`. */
function contentOf(piece: Piece, index: number, lost: Set<string>): LineContent {
  switch (piece.kind) {
    case 'text':
    case 'refusal':
      return piece.text === '' ? {} : { text: piece.text }
    case 'reasoning':
      return piece.text === '' ? {} : { thinking: piece.text }
    case 'tool-call': {
      const { id, name, namespace, custom, text } = piece
      const called = { index, name: flatName(name ?? '', namespace), arguments: argumentsObject(text, custom) }
      return { toolCalls: [{ ...(id ? { id } : {}), function: called }] }
    }
    default: {
      const { dialect, value } = piece
      if (dialect === 'ollama' && isObject(value) && Array.isArray(value.images)) return { images: value.images }
      if (value !== undefined) lost.add(opaqueName(value))
      return {}
    }
  }
}

/** What the reply says, else what was asked for: some providers do not repeat it. */
function modelOf(reply: { model: string }, { request }: ReplyOptions): string {
  return reply.model || stringOf(request.model)
}

function withIndex(call: Json, index: number): Json {
  return { ...call, function: { ...(call.function as Json), index } }
}
