import type { OpaqueState } from '../../core/request.ts'
import { isObject, type Json, objectOf } from '../members.ts'

/**
 * What this dialect says of an item besides its content (`id`, `phase`, `status`, a developer's `role` …), kept as the
 * opaque state of the item's first part, so that the item comes back as it was. `part` are such members of the part.
 * The state of reasoning is the whole item.
 */
export function itemState(item: Json, part: Json = {}): OpaqueState {
  return { issuer: 'openai-responses', value: { item, ...(Object.keys(part).length === 0 ? {} : { part }) } }
}

/** The item's members in a state of this dialect's; `null` when there is none. */
export function itemOf(state: OpaqueState | null | undefined): Json | null {
  const value = ownValue(state)
  return isObject(value.item) ? value.item : null
}

/** The part's members in a state of this dialect's. */
export function partOf(state: OpaqueState | null | undefined): Json {
  return objectOf(ownValue(state).part)
}

/** The reasoning item in a state of this dialect's; `null` when there is none. */
export function reasoningOf(state: OpaqueState | null | undefined): Json | null {
  const value = ownValue(state)
  return value.type === 'reasoning' ? value : null
}

function ownValue(state: OpaqueState | null | undefined): Json {
  return state?.issuer === 'openai-responses' ? objectOf(state.value) : {}
}
