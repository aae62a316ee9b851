import type { FinishReason } from '../../core/events.ts'
import { ownWord, type ReasonTable, reasonOf } from '../finish-reasons.ts'
import { type Json, objectOf } from '../members.ts'

/** `incomplete_details.reason` of a response that ended early. */
const FROM_WIRE: ReasonTable = {
  max_output_tokens: 'length',
  content_filter: 'content-filter',
  max_messages: 'other',
  steered: 'other',
}

const TO_WIRE: Readonly<Partial<Record<FinishReason, string>>> = {
  length: 'max_output_tokens',
  'content-filter': 'content_filter',
}

/** How a response ended that did not fail. A complete one that calls the client's tools says so only by its items. */
export function readFinish(response: Json, called: boolean): { reason: FinishReason; raw: string | null } {
  if (response.status !== 'incomplete') return { reason: called ? 'tool-calls' : 'stop', raw: 'completed' }
  const word = objectOf(response.incomplete_details).reason
  if (typeof word !== 'string') return { reason: 'other', raw: null }
  return { reason: reasonOf(FROM_WIRE, word), raw: word }
}

/** `status` and `incomplete_details` of a response that ended so. */
export function writeFinish(reason: FinishReason, raw: string | null): Json {
  const word = ownWord(FROM_WIRE, raw, reason) ?? TO_WIRE[reason]
  return word === undefined
    ? { status: 'completed', incomplete_details: null }
    : { status: 'incomplete', incomplete_details: { reason: word } }
}
