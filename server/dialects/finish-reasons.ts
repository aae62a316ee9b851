import type { FinishReason } from '../core/events.ts'

/** A format's words for the end of a reply, with what they mean. */
export type ReasonTable = Readonly<Record<string, FinishReason>>

/** What a word means; `other` where the table does not know it. A reply with calls of tools that just stopped, stopped for them. */
export function reasonOf(table: ReasonTable, word: string, calledTools = false): FinishReason {
  const reason = Object.hasOwn(table, word) ? table[word]! : 'other'
  return reason === 'stop' && calledTools ? 'tool-calls' : reason
}

/** The provider's own word where it is one of the table's for the same reason; `null` where another has to be found. */
export function ownWord(table: ReasonTable, raw: string | null, reason: FinishReason): string | null {
  return raw !== null && Object.hasOwn(table, raw) && table[raw] === reason ? raw : null
}
