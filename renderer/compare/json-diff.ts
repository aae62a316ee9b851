/** How two JSON values differ, by key path. */

/** One place where they differ. What one side does not have at all is left out of it. */
export interface PathChange {
  /** `order.items[0].name`; empty for the value itself. */
  path: string
  one?: unknown
  other?: unknown
}

export interface JsonDiff {
  /** In the order of the one value, what only the other has after its neighbours. */
  changes: PathChange[]
  /** Leaves that are the same on both sides. */
  same: number
}

/** The order of keys does not matter, that of items does. What only one side has is told as a whole. */
export function diffJson(one: unknown, other: unknown): JsonDiff {
  const found: JsonDiff = { changes: [], same: 0 }
  compare(one, other, '', found)
  return found
}

function compare(one: unknown, other: unknown, path: string, found: JsonDiff): void {
  if (Array.isArray(one) && Array.isArray(other)) compareItems(one, other, path, found)
  else if (isObject(one) && isObject(other)) compareMembers(one, other, path, found)
  else if (JSON.stringify(one) === JSON.stringify(other)) found.same += 1
  else found.changes.push({ path, one, other })
}

function compareItems(one: readonly unknown[], other: readonly unknown[], path: string, found: JsonDiff): void {
  if (one.length === 0 && other.length === 0) found.same += 1
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const at = `${path}[${index}]`
    if (index >= other.length) found.changes.push({ path: at, one: one[index] })
    else if (index >= one.length) found.changes.push({ path: at, other: other[index] })
    else compare(one[index], other[index], at, found)
  }
}

type Members = Readonly<Record<string, unknown>>

function compareMembers(one: Members, other: Members, path: string, found: JsonDiff): void {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  if (keys.length === 0) found.same += 1
  for (const key of keys) {
    const at = pathOf(path, key)
    if (!Object.hasOwn(other, key)) found.changes.push({ path: at, one: one[key] })
    else if (!Object.hasOwn(one, key)) found.changes.push({ path: at, other: other[key] })
    else compare(one[key], other[key], at, found)
  }
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function pathOf(path: string, key: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

/** An object or a list that a text is, alone or in a code fence; `null` for any other text. */
export function readJson(text: string): { value: object } | null {
  const inner = unfenced(text.trim())
  if (!/^[[{]/.test(inner)) return null
  try {
    const value: unknown = JSON.parse(inner)
    return typeof value === 'object' && value !== null ? { value } : null
  } catch {
    return null
  }
}

function unfenced(text: string): string {
  if (!text.startsWith('```') || !text.endsWith('```') || text.length < 6) return text
  const inner = text.slice(3, -3)
  return inner.slice(inner.indexOf('\n') + 1).trim()
}
