import type { FinishReason } from '../../core/events.ts'

/** https://docs.cohere.com/reference/chat; `ERROR` is none: it fails the reply. */
const FROM_WIRE: Readonly<Record<string, FinishReason>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool-calls',
  TIMEOUT: 'other',
  ERROR_TOXIC: 'content-filter',
  ERROR_LIMIT: 'length',
}

export function readFinishReason(word: string, calledTools: boolean): FinishReason {
  const reason = Object.hasOwn(FROM_WIRE, word) ? FROM_WIRE[word]! : 'other'
  return reason === 'stop' && calledTools ? 'tool-calls' : reason
}
