/**
 * Edits top-level members of a JSON object without re-serialising the rest, so that a request's bytes reach the
 * upstream as the client wrote them. The scan jumps from quote to quote natively: its cost follows the number of
 * strings, not their length.
 */
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const COMMA = 0x2c
const COLON = 0x3a

interface Member {
  name: string
  start: number
  valueStart: number
  end: number
}

/**
 * A copy of `raw` (valid JSON, an object) in which each member named in `values` has that JSON text as its value;
 * members that are missing are added at the end, and a name given `null` is taken out. A name that stands more
 * than once is replaced at every place, so that no two parsers can read different values.
 */
export function spliceMembers(raw: Buffer, values: Readonly<Record<string, string | null>>): Buffer {
  const { members, open, close } = topLevelMembers(raw)
  const pieces: Buffer[] = []
  const missing = new Set(Object.keys(values).filter((name) => values[name] !== null))
  let position = 0
  let kept = 0
  for (const [index, member] of members.entries()) {
    if (!Object.hasOwn(values, member.name)) {
      kept += 1
      continue
    }
    const value = values[member.name]
    missing.delete(member.name)
    if (value === null || value === undefined) {
      // Takes the comma before it along, or the one after it where nothing stays in front.
      const from = kept > 0 ? members[index - 1]!.end : member.start
      const to = kept > 0 ? member.end : (members[index + 1]?.start ?? member.end)
      pieces.push(raw.subarray(position, from))
      position = Math.max(position, to)
      continue
    }
    kept += 1
    pieces.push(raw.subarray(position, member.valueStart), Buffer.from(value))
    position = member.end
  }
  if (missing.size > 0) {
    const added = [...missing].map((name) => `${JSON.stringify(name)}:${values[name]}`).join(',')
    const end = kept > 0 ? members.at(-1)!.end : open + 1
    pieces.push(raw.subarray(position, Math.max(position, end)), Buffer.from(kept > 0 ? `,${added}` : added))
    position = Math.max(position, end)
  }
  pieces.push(raw.subarray(position, close + 1))
  return Buffer.concat(pieces)
}

function topLevelMembers(raw: Buffer): { members: Member[]; open: number; close: number } {
  const members: Member[] = []
  const open = raw.indexOf(OPEN_BRACE)
  let depth = 0
  let name: string | null = null
  let start = 0
  let valueStart = 0
  let lastByte = open
  for (let index = open; index < raw.length; index += 1) {
    const byte = raw[index]!
    if (byte <= 0x20) continue
    switch (byte) {
      case QUOTE: {
        const end = endOfString(raw, index)
        if (depth === 1 && name === null) {
          name = JSON.parse(raw.toString('utf8', index, end + 1)) as string
          start = index
          valueStart = 0
        } else if (depth === 1 && valueStart === 0) {
          valueStart = index
        }
        index = end
        break
      }
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (depth === 1 && valueStart === 0) valueStart = index
        depth += 1
        break
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth -= 1
        if (depth === 0) {
          if (name !== null) members.push({ name, start, valueStart, end: lastByte + 1 })
          return { members, open, close: index }
        }
        break
      case COMMA:
        if (depth === 1 && name !== null) {
          members.push({ name, start, valueStart, end: lastByte + 1 })
          name = null
        }
        break
      case COLON:
        break
      default:
        if (depth === 1 && name !== null && valueStart === 0) valueStart = index
    }
    lastByte = index
  }
  throw new SyntaxError('not a JSON object')
}

/** The index of the quote that ends the string which begins at `start`. */
function endOfString(raw: Buffer, start: number): number {
  let end = start
  for (;;) {
    end = raw.indexOf(QUOTE, end + 1)
    if (end < 0) throw new SyntaxError('not a JSON object')
    let backslashes = 0
    while (raw[end - 1 - backslashes] === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) return end
  }
}
