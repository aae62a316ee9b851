import type { GuardMatch, Incremental } from '../../core/guardrail.ts'
import { type Candidate, CONTEXT } from '../finder/candidate.ts'
import { fold } from '../finder/fold.ts'
import { SOLID, undecided, within } from '../finder/reach.ts'
import { pieces, resolve } from '../finder/resolve.ts'
import { outside } from '../inspection.ts'
import { bestEffortFinders, structuredFinders } from './finders.ts'
import { NAME_UNITS, undecidedName } from './names/reach.ts'
import { Surroundings } from './surroundings.ts'

export interface ScanOptions {
  types: ReadonlySet<string>
  /** ISO 3166-1 codes. */
  regions: ReadonlySet<string>
  /** Values and domains, whatever their case. */
  allow: readonly string[]
}

export interface Scanner extends Incremental {
  /** In order, not overlapping. */
  find(text: string): GuardMatch[]
}

export function scanner({ types, regions, allow }: ScanOptions): Scanner {
  const finders = structuredFinders(types, regions)
  const named = bestEffortFinders(types)
  const allowed = allow.map((value) => value.toLowerCase())

  function candidatesOf(folded: string): Candidate[] {
    const found: Candidate[] = []
    const near = new Surroundings(folded)
    for (const find of finders) find(folded, found, near)
    const kept = found.filter(({ start, end }) => within(folded, start, end))
    for (const find of named) find(folded, kept, near)
    return kept.filter(({ start, end }) => !isAllowed(folded.slice(start, end)))
  }

  function isAllowed(value: string): boolean {
    if (allowed.length === 0) return false
    const small = value.toLowerCase()
    return allowed.some((each) => small === each || small.endsWith(`@${each}`) || small.endsWith(`.${each}`))
  }

  return {
    find: (text) => resolve(candidatesOf(fold(text))),
    lookBehind: SOLID + CONTEXT + (named.length > 0 ? NAME_UNITS : 0) + 8,
    settled(text) {
      const folded = fold(text.slice(-4 * SOLID))
      const before = text.length - folded.length
      const structured = undecided(folded)
      const names = named.length > 0 ? undecidedName(folded) : structured
      const bound = Math.min(structured.at, names.at)
      if (structured.between && names.between) return before + bound
      // What begins before the bound is found already; a piece of it may reach across.
      return before + outside(pieces(candidatesOf(folded).filter(({ start }) => start < bound)), bound)
    },
  }
}
