import type { FinishReason } from '../../core/events.ts'
import { type ReasonTable, reasonOf } from '../finish-reasons.ts'

/** https://docs.cohere.com/reference/chat; `ERROR` is none: it fails the reply. */
const FROM_WIRE: ReasonTable = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool-calls',
  TIMEOUT: 'other',
  ERROR_TOXIC: 'content-filter',
  ERROR_LIMIT: 'length',
}

export function readFinishReason(word: string, calledTools: boolean): FinishReason {
  return reasonOf(FROM_WIRE, word, calledTools)
}
