/** A text inside a JSON value, and how to put another in its place. */
export interface Leaf {
  text: string
  write(text: string): void
}

type Holder = Record<string | number, unknown>

/** Members that no person wrote: types, ids of calls, and what only its issuer can read. */
const OPAQUE =
  /^(?:type|id|call_id|item_id|tool_use_id|response_id|role|signature|thought_?signature|encrypted_\w+|mime_?type|media_type)$/i
/** Media in text: nobody reads it as text. */
const BASE64 = /^(?:data:[\w.+/;=-]{0,100};base64,)?[A-Za-z0-9+/=_-]{200,}$/
/** Shorter numbers are none of anybody's. */
const FEWEST_DIGITS = 7

/**
 * Every text in a JSON value that people or models may have written, numbers of seven digits and more included, and
 * names of members. `write` changes the value itself.
 */
export function leavesOf(value: unknown): Leaf[] {
  const leaves: Leaf[] = []
  gather(value, leaves, false)
  return leaves
}

/** As `leavesOf`, without what a wire format itself has there: types, ids, signatures, media. `only`: of this member. */
export function contentLeavesOf(value: unknown, only?: string): Leaf[] {
  const leaves: Leaf[] = []
  gather(value, leaves, true, only)
  return leaves
}

function gather(value: unknown, leaves: Leaf[], isWire: boolean, only?: string): void {
  if (typeof value !== 'object' || value === null) return
  const holder = value as Holder
  for (const key of only === undefined ? Object.keys(holder) : [only]) {
    const item = holder[key]
    if (isWire && OPAQUE.test(key)) continue
    const at = { key }
    if (!isWire && !Array.isArray(value)) leaves.push({ text: key, write: (text) => rename(holder, at, text) })
    if (isText(item)) leaves.push({ text: String(item), write: (text) => setMember(holder, at, text) })
    else gather(item, leaves, isWire)
  }
}

function isText(item: unknown): item is string | number {
  if (typeof item === 'number') return String(item).length >= FEWEST_DIGITS
  return typeof item === 'string' && item !== '' && !BASE64.test(item)
}

/** Gives a member another name; its place among the others is kept. */
function rename(holder: Holder, at: { key: string }, name: string): void {
  const entries = Object.entries(holder)
  for (const key of Object.keys(holder)) delete holder[key]
  for (const [key, item] of entries) holder[key === at.key ? name : key] = item
  at.key = name
}

function setMember(holder: Holder, at: { key: string }, text: string): void {
  holder[at.key] = text
}
