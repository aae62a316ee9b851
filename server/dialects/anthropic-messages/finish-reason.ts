import type { Finish, FinishReason } from '../../core/events.ts'
import { ownWord, type ReasonTable, reasonOf } from '../finish-reasons.ts'

/** https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons */
const FROM_WIRE: ReasonTable = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
  pause_turn: 'other',
  compaction: 'other',
}

const TO_WIRE: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  other: 'end_turn',
}

/** `null` where the reply never said. */
export function readFinishReason(word: string | null, calledTools: boolean): FinishReason {
  if (word === null) return calledTools ? 'tool-calls' : 'other'
  return reasonOf(FROM_WIRE, word, calledTools)
}

/** `stop_reason` and `stop_sequence`. A refusal is one even where the provider only said that it had stopped. */
export function writeStop(
  finish: Pick<Finish, 'reason' | 'raw'> & { stop?: string | null },
  refused: boolean,
): { stop_reason: string; stop_sequence: string | null } {
  const { reason, raw, stop } = finish
  if (refused && reason === 'stop') return { stop_reason: 'refusal', stop_sequence: null }
  if (reason === 'stop' && stop) return { stop_reason: 'stop_sequence', stop_sequence: stop }
  return { stop_reason: ownWord(FROM_WIRE, raw, reason) ?? TO_WIRE[reason], stop_sequence: null }
}
