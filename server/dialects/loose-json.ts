import { isObject, type Json } from './members.ts'

/** Reading JSON whose shape nobody has checked: what is not of the wanted type counts as absent. */

/** The text, or an empty one for anything else. */
export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A count of something: 0 for anything that is none. */
export function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0
}

/** The object that a JSON text holds; `null` for a text that holds something else. */
export function parseObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** A copy without the members that are undefined. */
export function defined(members: Json): Json {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
