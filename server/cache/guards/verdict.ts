import type { Question } from '../language/read.ts'

export type GuardMode = 'strict' | 'loose'

export type GuardName =
  | 'numbers'
  | 'dates'
  | 'units'
  | 'names'
  | 'negation'
  | 'question-word'
  | 'comparison'
  | 'order'
  | 'language'
  | 'words'

export interface GuardVerdict {
  passed: boolean
  /** The one that objected. */
  guard: GuardName | null
  /** What it saw, in words for people; the same whichever question comes first. */
  detail: string | null
}

/** One thing that must agree between two questions. */
export interface Slot {
  guard: GuardName
  /** What differs, or `null`. */
  differ(one: Question, other: Question): string | null
}

/** Names what only one of two questions has; the same whichever comes first. */
export function onlyIn(what: string, one: Iterable<string>, other: Iterable<string>): string | null {
  const [left, right] = [count(one), count(other)]
  const odd = [...new Set([...left.keys(), ...right.keys()])]
    .filter((each) => left.get(each) !== right.get(each))
    .sort()
  return odd.length === 0 ? null : `${what}: ${odd.slice(0, 3).map(shorten).join(', ')}`
}

function count(items: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

const LONGEST = 40

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
