import type { FinishReason } from '../../core/events.ts'
import { ownWord, type ReasonTable, reasonOf } from '../finish-reasons.ts'

/** https://ai.google.dev/api/generate-content#FinishReason, with the reasons for which a prompt is blocked. */
const FROM_WIRE: ReasonTable = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  CONTINUATION: 'length',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  BLOCKLIST: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  SPII: 'content-filter',
  IMAGE_SAFETY: 'content-filter',
  IMAGE_PROHIBITED_CONTENT: 'content-filter',
  IMAGE_RECITATION: 'content-filter',
  LANGUAGE: 'other',
  OTHER: 'other',
  MALFORMED_FUNCTION_CALL: 'other',
  MALFORMED_RESPONSE: 'other',
  UNEXPECTED_TOOL_CALL: 'other',
  TOO_MANY_TOOL_CALLS: 'other',
  MISSING_THOUGHT_SIGNATURE: 'other',
  NO_IMAGE: 'other',
  IMAGE_OTHER: 'other',
}

/** Gemini ends a reply with function calls like any other. */
const TO_WIRE: Readonly<Record<FinishReason, string>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  'tool-calls': 'STOP',
  'content-filter': 'SAFETY',
  other: 'OTHER',
}

export function readFinishReason(word: string, calledTools: boolean): FinishReason {
  return reasonOf(FROM_WIRE, word, calledTools)
}

/** The provider's own word where it is one of Gemini's with this meaning. */
export function writeFinishReason(reason: FinishReason, raw: string | null): string {
  // A client that sees this word asks for the rest with a token that it was given beside it.
  const own = raw === 'CONTINUATION' ? null : ownWord(FROM_WIRE, raw, reason)
  return own ?? TO_WIRE[reason]
}
