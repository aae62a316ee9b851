import { isObject } from '../members.ts'

/** What to call an opaque part that cannot be carried: its type, or where a dialect has none its one object. */
export function nameOf(value: unknown): string {
  if (!isObject(value)) return 'opaque'
  if (typeof value.type === 'string') return value.type
  return Object.entries(value).find(([, member]) => isObject(member))?.[0] ?? 'opaque'
}

/**
 * The name and value of an opaque part that stands for a member of its message, which this dialect's readers write as
 * `{type: 'message.audio', value}`; `null` for a part of the content.
 */
export function memberOf(value: unknown): [string, unknown] | null {
  const name = nameOf(value)
  return isObject(value) && name.startsWith('message.') ? [name.slice('message.'.length), value.value] : null
}
