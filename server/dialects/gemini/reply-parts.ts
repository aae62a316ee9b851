import type { PartKind } from '../../core/events.ts'
import type { OpaqueState } from '../../core/request.ts'
import { isObject, type Json } from '../members.ts'
import { argumentsObject } from '../tool-arguments.ts'
import { flatName } from '../tool-names.ts'
import { isOlderGemini } from './models.ts'
import { SKIP_SIGNATURE, writeSignature } from './signatures.ts'

/** A reply's part, or a delta of one, as far as Gemini's form of it needs to know. */
export interface ReplyPart {
  kind: PartKind
  text: string
  id: string | null
  name: string | null
  namespace: string | null
  custom: boolean
  state: OpaqueState | null
  dialect: string | null
  value: unknown
}

/**
 * A part as it stands in a candidate's content; `null` when Gemini has no such part. The first function call of a
 * candidate (`isFirstCall`) that another model made gets the signature with which Gemini 3 takes it back.
 */
export function writeReplyPart(part: ReplyPart, model: string, isFirstCall: boolean): Json | null {
  const signature = writeSignature(part.state)
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return { text: part.text, ...signature }
    case 'reasoning':
      return { text: part.text, thought: true, ...signature }
    case 'tool-call': {
      const name = flatName(part.name ?? '', part.namespace)
      const call = { ...(part.id ? { id: part.id } : {}), name, args: argumentsObject(part.text, part.custom) }
      const skip = isFirstCall && !isOlderGemini(model) ? { thoughtSignature: SKIP_SIGNATURE } : {}
      return { functionCall: call, ...skip, ...signature }
    }
    case 'opaque':
      return part.dialect === 'gemini' && isObject(part.value) ? part.value : null
  }
}
