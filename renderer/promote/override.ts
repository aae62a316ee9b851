/** At least so many characters say why. */
const SHORTEST_REASON = 10

/** What goes against the verdict, as it is typed. */
export interface Override {
  candidate: string
  reason: string
}

export const noOverride: Override = { candidate: '', reason: '' }

/** The candidate is named to the letter, and a reason is given. */
export function isComplete(override: Override, candidate: string): boolean {
  return override.candidate === candidate && missingCharacters(override) === 0
}

/** Characters that the reason lacks. */
export function missingCharacters({ reason }: Override): number {
  return Math.max(0, SHORTEST_REASON - reason.trim().length)
}
