/** How the tool calls of two replies differ. */
import { diffJson, type JsonDiff } from './json-diff.ts'
import type { ToolCall } from './shapes.ts'

/** Two calls of the same tool, or one that the other reply lacks at this place. */
export interface CallPair {
  name: string
  one: ToolCall | null
  other: ToolCall | null
  /** Of the arguments by path; `null` where there is nothing to compare them with. */
  diff: JsonDiff | null
}

/**
 * Puts calls side by side in order: as many as can be with one of the same name. A call that comes at another place is
 * told as left out here and put in there, as the order of calls may matter.
 */
export function diffCalls(one: readonly ToolCall[], other: readonly ToolCall[]): CallPair[] {
  const rest = commonLengths(one, other)
  const pairs: CallPair[] = []
  let [row, column] = [0, 0]
  while (row < one.length || column < other.length) {
    const [left, right] = [one[row] ?? null, other[column] ?? null]
    if (left && right && left.name === right.name) {
      pairs.push({ name: left.name, one: left, other: right, diff: diffArguments(left, right) })
      row += 1
      column += 1
    } else if (left && (!right || rest[row + 1]![column]! >= rest[row]![column + 1]!)) {
      pairs.push({ name: left.name, one: left, other: null, diff: null })
      row += 1
    } else {
      pairs.push({ name: right!.name, one: null, other: right, diff: null })
      column += 1
    }
  }
  return pairs
}

/** True when every call has its like with the same arguments. */
export function areSameCalls(pairs: readonly CallPair[]): boolean {
  return pairs.every(({ diff }) => diff !== null && diff.changes.length === 0)
}

/** Arguments as a value; what is no JSON is the text itself. */
export function argumentsOf({ arguments: text }: ToolCall): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function diffArguments(one: ToolCall, other: ToolCall): JsonDiff {
  return diffJson(argumentsOf(one), argumentsOf(other))
}

/** `lengths[i][j]`: how many names what follows `i` and `j` have in common, in order. */
function commonLengths(one: readonly ToolCall[], other: readonly ToolCall[]): number[][] {
  const rows = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0))
  for (let row = one.length - 1; row >= 0; row -= 1)
    for (let column = other.length - 1; column >= 0; column -= 1)
      rows[row]![column] =
        one[row]!.name === other[column]!.name
          ? rows[row + 1]![column + 1]! + 1
          : Math.max(rows[row + 1]![column]!, rows[row]![column + 1]!)
  return rows
}
