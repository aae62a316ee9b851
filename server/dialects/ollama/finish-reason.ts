import type { FinishReason } from '../../core/events.ts'
import { ownWord, type ReasonTable, reasonOf } from '../finish-reasons.ts'

/** `done_reason`: https://github.com/ollama/ollama/blob/main/docs/api.md; the last two are no generation at all. */
const FROM_WIRE: ReasonTable = {
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
  return reasonOf(FROM_WIRE, word ?? 'stop', calledTools)
}

export function writeFinishReason(reason: FinishReason, raw: string | null): string {
  return ownWord(FROM_WIRE, raw, reason) ?? TO_WIRE[reason]
}
