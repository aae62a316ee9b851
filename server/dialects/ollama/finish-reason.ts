import type { FinishReason } from '../../core/events.ts'

/** `done_reason`: https://github.com/ollama/ollama/blob/main/docs/api.md; the last two are no generation at all. */
const FROM_WIRE: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  load: 'other',
  unload: 'other',
}

const TO_WIRE: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'stop',
  'content-filter': 'stop',
  other: 'stop',
}

/** Older versions give no reason when they just stopped. */
export function readFinishReason(word: string | null, calledTools: boolean): FinishReason {
  const reason = word === null ? 'stop' : Object.hasOwn(FROM_WIRE, word) ? FROM_WIRE[word]! : 'other'
  return reason === 'stop' && calledTools ? 'tool-calls' : reason
}

export function writeFinishReason(reason: FinishReason, raw: string | null): string {
  return raw !== null && Object.hasOwn(FROM_WIRE, raw) && FROM_WIRE[raw] === reason ? raw : TO_WIRE[reason]
}
