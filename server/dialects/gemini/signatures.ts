import type { OpaqueState } from '../../core/request.ts'

/**
 * Gemini 3 refuses a function call of the current turn without a thought signature. For calls that another model
 * made, Google documents this value, which turns the check off:
 * https://ai.google.dev/gemini-api/docs/thought-signatures#faqs
 */
export const SKIP_SIGNATURE = 'skip_thought_signature_validator'

const SKIPS = [SKIP_SIGNATURE, 'context_engineering_is_the_way_to_go']

/**
 * Both documented values as what base64 decodes to: some clients decode signatures and encode them again in the other
 * alphabet, some send the value itself encoded.
 */
const SKIPPING = new Set([...SKIPS, ...SKIPS.map(bytesOf)])

/** A part's thought signature as opaque state; the value that skips the check is none. */
export function readSignature(value: unknown): { state?: OpaqueState } {
  if (typeof value !== 'string' || value === '' || SKIPPING.has(bytesOf(value))) return {}
  return { state: { issuer: 'gemini', value } }
}

/** The thought signature to write for a part's state; state of another issuer is none. */
export function writeSignature(state: OpaqueState | null | undefined): { thoughtSignature?: string } {
  return state?.issuer === 'gemini' && typeof state.value === 'string' ? { thoughtSignature: state.value } : {}
}

function bytesOf(signature: string): string {
  return signature.length > 64 ? '' : Buffer.from(signature, 'base64').toString('latin1')
}
