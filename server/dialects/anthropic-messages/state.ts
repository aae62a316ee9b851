import type { OpaqueState } from '../../core/request.ts'
import { isObject, type Json } from '../members.ts'

export const ID = 'anthropic-messages'

/**
 * Stands where Anthropic demands something that only it can sign: the signature of a foreign reply's thoughts, the
 * index of its search results.
 */
export const FOREIGN_MARK = 'gatehouse-made-this-up-it-is-not-signed'

/** The state of a thinking block. What this gateway made up, and nothing, is none. */
export function signatureState(signature: unknown): { state?: OpaqueState } {
  if (typeof signature !== 'string' || signature === '' || signature === FOREIGN_MARK) return {}
  return { state: { issuer: ID, value: { signature } } }
}

/** The state of a `redacted_thinking` block. */
export function redactedState(data: unknown): { state: OpaqueState } {
  return { state: { issuer: ID, value: { redacted: data } } }
}

/** Members of a `tool_use` block with a place in the canonical model. */
const CALL = new Set(['type', 'id', 'name', 'input', 'cache_control'])

/** The other members of a `tool_use` block, e.g. which server tool called; a call by the model itself says nothing. */
export function callState(block: Json): { state?: OpaqueState } {
  const kept = Object.entries(block).filter(([name, value]) => !CALL.has(name) && value !== null && !isDirect(value))
  return kept.length === 0 ? {} : { state: { issuer: ID, value: Object.fromEntries(kept) } }
}

function isDirect(value: unknown): boolean {
  return isObject(value) && value.type === 'direct'
}

/** The value of a state that Anthropic issued. */
function ownValue(state: OpaqueState | null | undefined): Json | null {
  return state?.issuer === ID && isObject(state.value) ? state.value : null
}

/** The block that thoughts were read from, as far as Anthropic would take it back; `null` for what it never signed. */
export function thinkingBlock(text: string, state: OpaqueState | null | undefined): Json | null {
  const value = ownValue(state)
  if (value === null) return null
  if (value.redacted !== undefined) return { type: 'redacted_thinking', data: value.redacted }
  return typeof value.signature === 'string' ? { type: 'thinking', thinking: text, signature: value.signature } : null
}

/** What `callState` kept. */
export function callMembers(state: OpaqueState | null | undefined): Json {
  return ownValue(state) ?? {}
}
