import type { ChatDialectId } from './dialect-id.ts'
import type { GatewayError } from './errors.ts'
import type { Citation, OpaqueState } from './request.ts'
import type { Usage } from './usage.ts'

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other'

/** What kind of content a part of a reply is. */
export type PartKind = 'text' | 'reasoning' | 'refusal' | 'tool-call' | 'opaque'

export interface ReplyStart {
  type: 'reply-start'
  id: string
  model: string
  /** Seconds since the epoch; 0 where the dialect does not say. */
  created: number
  /** Further top-level members in the dialect they came in. */
  extra?: Record<string, unknown>
}

export interface PartStart {
  type: 'part-start'
  choice: number
  part: number
  kind: PartKind
  /** Of a tool call; readers make one up (`newToolCallId`) where the provider gives none. */
  id?: string
  /** Of a tool call. */
  name?: string
  namespace?: string
  custom?: boolean
  /** Of an `opaque` part: whose `value` follows. */
  dialect?: ChatDialectId
}

export interface PartDelta {
  type: 'part-delta'
  choice: number
  part: number
  text: string
  logprobs?: unknown
  /** Of an `opaque` part: the whole content in its own dialect, in one delta. */
  value?: unknown
  citation?: Citation
  /** The part's opaque state so far; the last one counts. */
  state?: OpaqueState
}

export interface Finish {
  type: 'finish'
  choice: number
  reason: FinishReason
  /** The provider's own word. */
  raw: string | null
  /** The stop sequence that ended the reply, where the provider says. */
  stop?: string
}

/**
 * One event of a reply. A reply is: `reply-start`, then per choice its parts (`part-start`, any number of
 * `part-delta`, `part-end`) and one `finish`, then `usage` where known. `error` ends the reply.
 * `part` numbers the parts of one choice from 0. Parts of one choice follow each other; none is opened before the
 * one before it has ended. `usage` may come more than once: the last one counts.
 */
export type ChatEvent =
  | ReplyStart
  | PartStart
  | PartDelta
  | { type: 'part-end'; choice: number; part: number }
  | Finish
  | { type: 'usage'; usage: Usage }
  | { type: 'error'; error: GatewayError }
  | { type: 'ping' }

/** True for the events that a client shows: the first of them is the commit point of a stream. */
export function isContent(event: ChatEvent): boolean {
  switch (event.type) {
    case 'part-delta':
      return event.text !== '' || event.value !== undefined || event.citation !== undefined
    case 'part-start':
      return event.kind === 'tool-call'
    case 'finish':
      return true
    default:
      return false
  }
}

/** Tells the parts of a reply apart. */
export function partKey({ choice, part }: { choice: number; part: number }): string {
  return `${choice} ${part}`
}

/** Events that are there already, as a stream brings them. */
export async function* streamOf(events: readonly ChatEvent[]): AsyncGenerator<ChatEvent> {
  yield* events
}
