import { GatewayError } from '../core/errors.ts'

/** Typed looks at members of a client's JSON. `null` counts as absent; what is of another type is `invalid_request`. */

export type Json = Record<string, unknown>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value as an object and anything else as an empty one, for providers' replies. */
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {}
}

/** The objects of a list; anything else has none. For providers' replies. */
export function objectsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** Says what a member should have been, with the member's path in the client's words, e.g. `messages.0.content`. */
export function refuse(param: string, expected: string, value: unknown): GatewayError {
  return new GatewayError('invalid_request', `\`${param}\` must be ${expected}; it is ${show(value)}.`, { param })
}

export function asObject(value: unknown, param: string): Json | undefined {
  if (value === undefined || value === null) return undefined
  if (!isObject(value)) throw refuse(param, 'an object', value)
  return value
}

export function asList(value: unknown, param: string): unknown[] | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) throw refuse(param, 'a list', value)
  return value
}

/** A list of objects; absent means none. */
export function asObjects(value: unknown, param: string): Json[] {
  return (asList(value, param) ?? []).map((item, index) => {
    if (!isObject(item)) throw refuse(`${param}.${index}`, 'an object', item)
    return item
  })
}

export function asText(value: unknown, param: string): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw refuse(param, 'a string', value)
  return value
}

export function asNumber(value: unknown, param: string): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse(param, 'a number', value)
  return value
}

export function asBoolean(value: unknown, param: string): boolean | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') throw refuse(param, 'true or false', value)
  return value
}

/** The members that are neither absent nor `null`. */
export function present(json: Readonly<Json>): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined && value !== null))
}

function show(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, 60) ?? 'absent'
  } catch {
    return 'nested too deeply to show'
  }
}
