import type { FinishReason } from '../../core/events.ts'

const TO_WIRE: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  // There are no tools here.
  'tool-calls': 'stop',
  'content-filter': 'content_filter',
  other: 'stop',
}

/** The format's three words are chat's own, so a provider's word is one of them or is not kept. */
export function writeFinishReason(reason: FinishReason): string {
  return TO_WIRE[reason]
}
