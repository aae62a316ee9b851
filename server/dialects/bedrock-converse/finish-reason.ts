import type { FinishReason } from '../../core/events.ts'
import { type ReasonTable, reasonOf } from '../finish-reasons.ts'

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_MessageStopEvent.html */
const FROM_WIRE: ReasonTable = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  guardrail_intervened: 'content-filter',
  content_filtered: 'content-filter',
  malformed_model_output: 'other',
  malformed_tool_use: 'other',
}

export function readFinishReason(word: string, calledTools: boolean): FinishReason {
  return reasonOf(FROM_WIRE, word, calledTools)
}
