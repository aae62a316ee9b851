import type { FinishReason } from '../../core/events.ts'

/** OpenAI's words, and those of servers that keep their own: `eos_token` and `stop_sequence` are TGI's. */
const FROM_WIRE: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos_token: 'stop',
  stop_sequence: 'stop',
  length: 'length',
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
  return FROM_WIRE[word] ?? 'other'
}

export function writeFinishReason(reason: FinishReason): string {
  return TO_WIRE[reason]
}
