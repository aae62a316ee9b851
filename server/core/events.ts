import type { GatewayError } from './errors.ts'
import type { Usage } from './usage.ts'

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other'

/** What kind of content a part of a reply is. */
export type PartKind = 'text' | 'reasoning' | 'refusal' | 'tool-call' | 'opaque'

/**
 * One event of a reply. A reply is: `reply-start`, then per choice its parts (`part-start`, any number of
 * `part-delta`, `part-end`) and one `finish`, then `usage` where known. `error` ends the reply.
 * `part` numbers the parts of one choice from 0.
 */
export type ChatEvent =
  | { type: 'reply-start'; id: string; model: string; created: number; extra?: Record<string, unknown> }
  | { type: 'part-start'; choice: number; part: number; kind: PartKind; id?: string; name?: string }
  | { type: 'part-delta'; choice: number; part: number; text: string; logprobs?: unknown; value?: unknown }
  | { type: 'part-end'; choice: number; part: number }
  | { type: 'finish'; choice: number; reason: FinishReason; raw: string | null }
  | { type: 'usage'; usage: Usage }
  | { type: 'error'; error: GatewayError }
  | { type: 'ping' }

/** True for the events that a client shows: the first of them is the commit point of a stream. */
export function isContent(event: ChatEvent): boolean {
  switch (event.type) {
    case 'part-delta':
      return event.text !== '' || event.value !== undefined
    case 'part-start':
      return event.kind === 'tool-call'
    case 'finish':
      return true
    default:
      return false
  }
}
