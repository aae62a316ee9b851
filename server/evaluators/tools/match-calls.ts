import { isDeepStrictEqual } from 'node:util'
import type { ToolCallView } from '../../core/evaluation.ts'
import { parseJson } from '../../core/json-schema.ts'

export type ArgumentsRule = 'subset' | 'exact' | 'names'

/** A call that should be made. */
export interface ExpectedCall {
  name: string
  /** `undefined`: any will do. */
  arguments: unknown
}

/** More calls than so many of a reply are taken for wrong unseen. */
export const MOST_CALLS = 100

/**
 * How many of the expected calls are made, each by a call of its own. In any order: the most pairs that there can be (Kuhn
 * 1955, “The Hungarian method”, its augmenting paths). In the same order: the longest common subsequence.
 */
export function countMatches(
  expected: readonly ExpectedCall[],
  calls: readonly ToolCallView[],
  { rule, order }: { rule: ArgumentsRule; order: 'any' | 'same' },
): number {
  const made = calls.slice(0, MOST_CALLS).map((call) => ({ name: call.name, arguments: readArguments(call.arguments) }))
  const fits = expected.slice(0, MOST_CALLS).map((each) => made.map((call) => isMade(each, call, rule)))
  return order === 'any' ? mostPairs(fits, made.length) : longestInOrder(fits, made.length)
}

/** Of a call as it is written: its JSON value, or the text where it is none. No text is no arguments. */
export function readArguments(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return {}
  const parsed = parseJson(trimmed)
  return parsed === null ? trimmed : parsed.value
}

function isMade(expected: ExpectedCall, call: ExpectedCall, rule: ArgumentsRule): boolean {
  if (expected.name !== call.name) return false
  if (rule === 'names' || expected.arguments === undefined) return true
  try {
    return rule === 'exact'
      ? isDeepStrictEqual(expected.arguments, call.arguments)
      : isWithin(expected.arguments, call.arguments)
  } catch {
    // Nested too deeply to be walked.
    return false
  }
}

/** Everything in the first is in the second: members may be added, items of lists may not. */
function isWithin(expected: unknown, found: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return expected === found
  if (typeof found !== 'object' || found === null || Array.isArray(expected) !== Array.isArray(found)) return false
  if (Array.isArray(expected))
    return (
      expected.length === (found as unknown[]).length &&
      expected.every((each, at) => isWithin(each, (found as unknown[])[at]))
    )
  return Object.entries(expected).every(
    ([name, value]) => Object.hasOwn(found, name) && isWithin(value, (found as Record<string, unknown>)[name]),
  )
}

function mostPairs(fits: readonly (readonly boolean[])[], calls: number): number {
  const takenBy: (number | null)[] = new Array(calls).fill(null)
  const take = (expected: number, tried: Set<number>): boolean => {
    for (let call = 0; call < calls; call++) {
      if (!fits[expected]![call] || tried.has(call)) continue
      tried.add(call)
      const holder = takenBy[call]!
      if (holder !== null && !take(holder, tried)) continue
      takenBy[call] = expected
      return true
    }
    return false
  }
  return fits.filter((_, expected) => take(expected, new Set())).length
}

function longestInOrder(fits: readonly (readonly boolean[])[], calls: number): number {
  let lengths = new Array<number>(calls + 1).fill(0)
  for (const row of fits) {
    const next = [0]
    for (let call = 0; call < calls; call++)
      next.push(row[call] ? lengths[call]! + 1 : Math.max(lengths[call + 1]!, next[call]!))
    lengths = next
  }
  return lengths[calls]!
}
