import type { GuardMatch, Inspection } from '../core/guardrail.ts'

export const nothingFound: Inspection = { score: 0, category: null, matches: [] }

/** The whole text is meant. */
export function wholeText(score: number, category: string, reason: string): Inspection {
  return { score, category, matches: [], reason }
}

/** Of matches that are in order: the largest score, and the category that has it first. */
export function foundMatches(matches: readonly GuardMatch[], reason: string): Inspection {
  let best = matches[0]
  if (best === undefined) return nothingFound
  for (const match of matches) if (match.score > best.score) best = match
  return { score: best.score, category: best.category, matches, reason }
}

/** In order; those that overlap become one, of the category of the first and longest. */
export function unite(matches: readonly GuardMatch[]): GuardMatch[] {
  const united: GuardMatch[] = []
  for (const match of matches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = united.at(-1)
    if (last === undefined || match.start >= last.end) united.push({ ...match })
    else {
      last.end = Math.max(last.end, match.end)
      last.score = Math.max(last.score, match.score)
    }
  }
  return united
}

/** The last place up to `limit` that no match reaches across. Matches are in order and do not overlap. */
export function outside(matches: readonly Pick<GuardMatch, 'start' | 'end'>[], limit: number): number {
  for (let at = matches.length - 1; at >= 0; at--) {
    const { start, end } = matches[at]!
    if (end <= limit) return limit
    if (start < limit) return start
  }
  return limit
}

/** Where a text that may go on ends for now: half a surrogate pair is no character yet. */
export function wellFormedEnd(text: string): number {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last < 0xdc00 ? text.length - 1 : text.length
}

/** `foundMatches`, with what was found as the reason. */
export function foundKinds(matches: readonly GuardMatch[], what: string): Inspection {
  return foundMatches(matches, `${what}: ${[...new Set(matches.map(({ category }) => category))].join(', ')}.`)
}

/** Adds what ends at or after all that was found before: it swallows what it overlaps. */
export function addEnding(matches: GuardMatch[], from: number, end: number, category: string): void {
  let start = from
  while (matches.length > 0 && matches.at(-1)!.end > start) start = Math.min(start, matches.pop()!.start)
  matches.push({ start, end, category, score: 1 })
}

/** What is found in a text that may go on, and where the earliest match could begin that is not decided yet. */
export interface Found {
  matches: GuardMatch[]
  pending: number
}

/** See `Incremental`: of all that was found. */
export function settledIn(found: readonly Found[]): number {
  return outside(unite(found.flatMap(({ matches }) => matches)), Math.min(...found.map(({ pending }) => pending)))
}
