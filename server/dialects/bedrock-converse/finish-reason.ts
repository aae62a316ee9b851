import type { FinishReason } from '../../core/events.ts'

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_MessageStopEvent.html */
const FROM_WIRE: Readonly<Record<string, FinishReason>> = {
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

/** A reply with calls of tools that ended by itself ended for them. */
export function readFinishReason(word: string, calledTools: boolean): FinishReason {
  const reason = Object.hasOwn(FROM_WIRE, word) ? FROM_WIRE[word]! : 'other'
  return reason === 'stop' && calledTools ? 'tool-calls' : reason
}
