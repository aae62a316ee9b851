import type { FinishReason } from '../../core/events.ts'
import { ownWord, type ReasonTable, reasonOf } from '../finish-reasons.ts'

/**
 * OpenAI's words, and those of servers that keep their own: `eos_token` and `stop_sequence` are TGI's, `eos`
 * Together's, `model_length` Mistral's (https://docs.mistral.ai/api).
 */
const FROM_WIRE: ReasonTable = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  model_length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
}

const TO_WIRE: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  other: 'stop',
}

export function readFinishReason(word: string): FinishReason {
  return reasonOf(FROM_WIRE, word)
}

/** The provider's own word where it is one of this format's for the same reason. Calls are never written as `functions`. */
export function writeFinishReason(reason: FinishReason, raw: string | null): string {
  const own = raw === 'function_call' ? null : ownWord(FROM_WIRE, raw, reason)
  return own ?? TO_WIRE[reason]
}
