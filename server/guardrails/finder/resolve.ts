import type { GuardMatch } from '../../core/guardrail.ts'
import type { Candidate } from './candidate.ts'

/** Of what a surer candidate leaves of another, as much has to be left for it to count. */
const LEFT = 0.6

/**
 * Matches that do not overlap: each unit of the text belongs to the best candidate that covers it. So what a match is
 * depends on the candidates that touch it and on no others, however many overlap in a row.
 */
export function resolve(candidates: readonly Candidate[]): GuardMatch[] {
  const matches: GuardMatch[] = []
  for (const { start, end, candidate } of pieces(candidates)) {
    const { category, score } = candidate
    if (end - start >= LEFT * (candidate.end - candidate.start)) matches.push({ start, end, category, score })
  }
  return matches
}

/** A stretch of text whose best candidate is the same one all along. */
export interface Piece {
  start: number
  end: number
  candidate: Candidate
}

/** In order of the text. */
export function pieces(candidates: readonly Candidate[]): Piece[] {
  const sorted = candidates.toSorted((a, b) => a.start - b.start || better(a, b))
  const found: Piece[] = []
  let active: Candidate[] = []
  let next = 0
  let at = 0
  while (next < sorted.length || active.length > 0) {
    if (active.length === 0) at = sorted[next]!.start
    while (next < sorted.length && sorted[next]!.start <= at) active.push(sorted[next++]!)
    const best = active.reduce((one, other) => (better(one, other) <= 0 ? one : other))
    const end = active.reduce(
      (nearest, each) => (each.end < nearest ? each.end : nearest),
      Math.min(best.end, sorted[next]?.start ?? best.end),
    )
    const last = found.at(-1)
    if (last?.candidate === best && last.end === at) last.end = end
    else found.push({ start: at, end, candidate: best })
    at = end
    active = active.filter((each) => each.end > at)
  }
  return found
}

/** Negative where `a` has the place. A total order of what can differ. */
function better(a: Candidate, b: Candidate): number {
  return (
    b.score - a.score ||
    b.end - b.start - (a.end - a.start) ||
    a.start - b.start ||
    (a.category < b.category ? -1 : a.category > b.category ? 1 : 0)
  )
}
