import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent, FinishReason } from '../../core/events.ts'
import type { EventReader, EventWriter } from '../../core/ports.ts'
import type { Usage } from '../../core/usage.ts'
import { promptTokens } from '../../core/usage.ts'
import { collect, textOf } from '../collect.ts'
import { PartTracker } from '../part-tracker.ts'

type Json = Record<string, unknown>

/** No line is larger; what is, has no end. */
const MOST_LINE_BYTES = 16 * 1024 * 1024

interface Line {
  model?: string
  created_at?: string
  error?: string
  /** `/api/chat` */
  message?: {
    content?: string
    thinking?: string
    tool_calls?: { id?: string; function: { name: string; arguments: unknown } }[]
  }
  /** `/api/generate` */
  response?: string
  thinking?: string
  done?: boolean
  done_reason?: string
}

/** Lines of newline-delimited JSON in, events out, at any chunking. Unary replies are a stream of one line. */
export function eventReader(): EventReader {
  let rest = Buffer.alloc(0)
  let started = false
  let complete = false
  let toolCalls = 0
  const tracker = new PartTracker(0)

  const readLine = (text: string, events: ChatEvent[]) => {
    if (text.trim() === '') return
    const line = parse(text)
    if (typeof line.error === 'string') {
      events.push({ type: 'error', error: failed(line.error) })
      return
    }
    if (!started) {
      started = true
      events.push(replyStart(line))
    }
    const thinking = line.message?.thinking ?? line.thinking
    if (thinking) tracker.delta(events, { kind: 'reasoning' }, { text: thinking })
    const content = line.message?.content ?? line.response
    if (content) tracker.delta(events, { kind: 'text' }, { text: content })
    for (const call of line.message?.tool_calls ?? []) {
      const index = toolCalls++
      const id = call.id ?? `call_${started ? idOf(line) : ''}_${index}`
      const start = { kind: 'tool-call', key: `tool-call ${index}`, id, name: call.function.name } as const
      tracker.delta(events, start, { text: JSON.stringify(call.function.arguments ?? {}) })
    }
    if (line.done !== true) return
    complete = true
    tracker.close(events)
    const raw = line.done_reason ?? null
    events.push({ type: 'finish', choice: 0, reason: readFinishReason(raw, toolCalls > 0), raw })
    events.push({ type: 'usage', usage: readUsage(line as Json) })
  }
  return {
    push(chunk) {
      const events: ChatEvent[] = []
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const end = bytes.lastIndexOf(0x0a) + 1
      rest = Buffer.from(bytes.subarray(end))
      if (rest.length > MOST_LINE_BYTES)
        throw new GatewayError('upstream_invalid_reply', 'The provider sent a line that does not end.')
      if (end > 0) for (const text of bytes.toString('utf8', 0, end).split('\n')) readLine(text, events)
      return events
    },
    end() {
      const events: ChatEvent[] = []
      readLine(rest.toString('utf8'), events)
      if (!complete && !events.some((event) => event.type === 'error'))
        throw new GatewayError('upstream_cut', 'The reply ended before it was complete.')
      return events
    },
  }
}

/** A unary reply as events. */
export function readReply(json: unknown): ChatEvent[] {
  const reader = eventReader()
  const events = reader.push(Buffer.from(`${JSON.stringify(json)}\n`))
  const error = events.find((event) => event.type === 'error')
  if (error) throw error.error
  return [...events, ...reader.end()]
}

/** A unary reply out of events. */
export function writeReply(events: Iterable<ChatEvent>): Json {
  const reply = collect(events)
  const choice = reply.choices[0] ?? { index: 0, parts: [], logprobs: [], finish: null, finishRaw: null }
  const thinking = textOf(choice, 'reasoning')
  const calls = choice.parts.filter((part) => part.kind === 'tool-call')
  return {
    model: reply.model,
    created_at: new Date(reply.created * 1000).toISOString(),
    message: {
      role: 'assistant',
      content: textOf(choice, 'text') ?? '',
      ...(thinking === null ? {} : { thinking }),
      ...(calls.length === 0
        ? {}
        : {
            tool_calls: calls.map(({ id, name, text }) => ({
              ...(id ? { id } : {}),
              function: { name, arguments: JSON.parse(text || '{}') },
            })),
          }),
    },
    ...writeEnd(choice.finish, reply.usage),
  }
}

/** Writes events as NDJSON lines; a tool call is written when it is whole, as Ollama does. */
export function eventWriter(): EventWriter {
  let head: Json = {}
  let finish: FinishReason | null = null
  let usage: Usage | null = null
  const parts = new Map<number, { kind: string; id?: string; name?: string; text: string }>()
  const line = (message: Json, more: Json = { done: false }) => `${JSON.stringify({ ...head, message, ...more })}\n`
  return {
    write(event) {
      if ('choice' in event && event.choice > 0) return ''
      switch (event.type) {
        case 'reply-start':
          head = { model: event.model, created_at: new Date(event.created * 1000).toISOString() }
          return ''
        case 'part-start':
          parts.set(event.part, {
            kind: event.kind,
            text: '',
            ...(event.id === undefined ? {} : { id: event.id }),
            ...(event.name === undefined ? {} : { name: event.name }),
          })
          return ''
        case 'part-delta': {
          const part = parts.get(event.part)
          if (part) part.text += event.text
          if (part?.kind === 'text') return line({ role: 'assistant', content: event.text })
          if (part?.kind === 'reasoning') return line({ role: 'assistant', content: '', thinking: event.text })
          return ''
        }
        case 'part-end': {
          const part = parts.get(event.part)
          if (part?.kind !== 'tool-call') return ''
          const call = {
            ...(part.id ? { id: part.id } : {}),
            function: { name: part.name, arguments: JSON.parse(part.text || '{}') },
          }
          return line({ role: 'assistant', content: '', tool_calls: [call] })
        }
        case 'finish':
          finish = event.reason
          return ''
        case 'usage':
          usage = event.usage
          return ''
        case 'error':
          return `${JSON.stringify({ error: event.error.advice })}\n`
        default:
          return ''
      }
    },
    end: () => (finish === null ? '' : line({ role: 'assistant', content: '' }, writeEnd(finish, usage))),
  }
}

function replyStart(line: Line): ChatEvent {
  const created = Date.parse(line.created_at ?? '')
  return {
    type: 'reply-start',
    id: `chatcmpl-${idOf(line)}`,
    model: line.model ?? '',
    created: Number.isNaN(created) ? 0 : Math.floor(created / 1000),
  }
}

/** Ollama gives replies no id: their time of creation, to the nanosecond, serves. */
function idOf(line: Line): string {
  return (line.created_at ?? '').replace(/\D/g, '')
}

function readFinishReason(raw: string | null, calledTools: boolean): FinishReason {
  if (calledTools) return 'tool-calls'
  return raw === 'length' ? 'length' : raw === null || raw === 'stop' ? 'stop' : 'other'
}

/** Counts and nanosecond durations; the latter stay in `raw`. */
function readUsage(line: Json): Usage {
  const count = (value: unknown) => (typeof value === 'number' ? value : 0)
  const raw = Object.fromEntries(Object.entries(line).filter(([name]) => /_(duration|count)$/.test(name)))
  return {
    input: count(line.prompt_eval_count),
    cacheRead: 0,
    cacheWrite: 0,
    output: count(line.eval_count),
    reasoning: 0,
    audioInput: 0,
    audioOutput: 0,
    raw,
    estimated: false,
  }
}

function writeEnd(finish: FinishReason | null, usage: Usage | null): Json {
  const counts = usage ? { prompt_eval_count: promptTokens(usage), eval_count: usage.output } : {}
  return { done: true, done_reason: finish === 'length' ? 'length' : 'stop', ...counts }
}

function parse(text: string): Line {
  try {
    const line: unknown = JSON.parse(text)
    if (typeof line === 'object' && line !== null) return line as Line
  } catch {
    // Falls through to the same answer as any other line that is no object.
  }
  throw new GatewayError('upstream_invalid_reply', `The provider's reply is not Ollama's NDJSON: ${text.slice(0, 80)}`)
}

function failed(message: string): GatewayError {
  return new GatewayError('upstream_error', `The provider failed inside its reply: ${message}`)
}
