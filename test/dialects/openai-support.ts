import type { ClientDialect, EventReader, Quirks, UpstreamDialect } from '../../server/core/dialect.ts'
import { GatewayError } from '../../server/core/errors.ts'
import type { ChatEvent, FinishReason } from '../../server/core/events.ts'
import type { ChatRequest } from '../../server/core/request.ts'
import type { Usage } from '../../server/core/usage.ts'
import { type CollectedReply, collect } from '../../server/dialects/collect.ts'
import { cut } from '../support/recordings.ts'

export type Json = Record<string, unknown>

export const OPTIONS = { usage: true, request: {}, promptTokens: 0 }
/** Pieces that streams are cut into. */
export const CHUNKINGS = [1, 2, 3, 7, 64, Number.POSITIVE_INFINITY]

export function read(dialect: ClientDialect, json: Json): ChatRequest {
  return dialect.readRequest(json, dialect.readHead(json, {}))
}

/** A request read by one dialect and written by another (or the same), as it would stand on the wire. */
export function translate(from: ClientDialect, to: UpstreamDialect, json: Json, quirks: Quirks = {}) {
  const { body, lost } = to.writeRequest(read(from, json), 'm', quirks)
  return { body: plain(body) as Json, lost: [...lost].sort() }
}

/** What JSON keeps of a value. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}

export function readAll(reader: EventReader, text: string, size = Number.POSITIVE_INFINITY): ChatEvent[] {
  const events = cut(Buffer.from(text), size).flatMap((chunk) => reader.push(chunk))
  return [...events, ...reader.end()]
}

/** A reply without the counts' raw form, its parts without what is not set. */
export function gist(events: Iterable<ChatEvent>) {
  const reply: CollectedReply = collect(events)
  return {
    id: reply.id,
    model: reply.model,
    choices: reply.choices.map(({ index, parts, finish }) => ({
      index,
      finish,
      parts: parts.map(({ kind, id, name, text, value, state, citations, custom }) => ({
        kind,
        ...(kind === 'tool-call' ? { id, name } : {}),
        ...(custom ? { custom } : {}),
        ...(text === '' ? {} : { text }),
        ...(value === undefined ? {} : { value }),
        ...(state === null ? {} : { state: state.value }),
        ...(citations.length === 0 ? {} : { citations }),
      })),
    })),
    usage: reply.usage && { ...reply.usage, raw: null },
  }
}

/** Checks the order that `ChatEvent` promises. Throws what is wrong with it. */
export function checkOrder(events: readonly ChatEvent[]): void {
  const open = new Map<number, number>()
  const next = new Map<number, number>()
  const finished = new Set<number>()
  if (events[0]?.type !== 'reply-start') throw new Error('does not begin with reply-start')
  for (const event of events) {
    if (!('choice' in event)) continue
    const { choice } = event
    if (finished.has(choice)) throw new Error(`${event.type} after finish`)
    if (event.type === 'finish') {
      if (open.has(choice)) throw new Error('finish while a part is open')
      finished.add(choice)
    } else if (event.type === 'part-start') {
      if (open.has(choice)) throw new Error('two parts are open')
      if (event.part !== (next.get(choice) ?? 0)) throw new Error(`part ${event.part} out of order`)
      open.set(choice, event.part)
      next.set(choice, event.part + 1)
    } else {
      if (open.get(choice) !== event.part) throw new Error(`${event.type} of part ${event.part} that is not open`)
      if (event.type === 'part-end') open.delete(choice)
    }
  }
}

/** Frames of server-sent events, one a value. */
export function frames(...values: readonly unknown[]): string {
  return values.map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`).join('')
}

export function usage(counts: Partial<Usage>): Usage {
  const none = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0, audioInput: 0, audioOutput: 0 }
  return { ...none, raw: null, estimated: false, ...counts }
}

/** The events of a reply of one choice with these parts. */
export function reply(
  parts: readonly ReplyPart[],
  reason: FinishReason = 'stop',
  raw: string | null = null,
): ChatEvent[] {
  const events: ChatEvent[] = [{ type: 'reply-start', id: 'r1', model: 'm', created: 1_700_000_000 }]
  for (const [part, { start, deltas }] of parts.entries()) {
    events.push({ type: 'part-start', choice: 0, part, ...start })
    for (const delta of deltas) events.push({ type: 'part-delta', choice: 0, part, ...delta })
    events.push({ type: 'part-end', choice: 0, part })
  }
  return [...events, { type: 'finish', choice: 0, reason, raw }]
}

type Without<T, Keys extends PropertyKey> = T extends unknown ? Omit<T, Keys> : never
interface ReplyPart {
  start: Without<Extract<ChatEvent, { type: 'part-start' }>, 'type' | 'choice' | 'part'>
  deltas: readonly Without<Extract<ChatEvent, { type: 'part-delta' }>, 'type' | 'choice' | 'part'>[]
}

/** The GatewayError that a step throws; anything else fails the test. */
export function errorOf(step: () => unknown): GatewayError {
  try {
    step()
  } catch (error) {
    if (error instanceof GatewayError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
