/** The attempts of a request as a row has room for them. */
import type { AttemptRow } from '../../server/http/admin/schemas.ts'

/** Attempts at one target in a row; the last of them tells how it stands. */
export interface ChainLink {
  last: AttemptRow
  /** Why the first of them was made. */
  reason: string | null
  /** How those that failed did, e.g. `503`, `no reply ×2`; null when none has. */
  failure: string | null
  /** Milliseconds that they waited in the provider's queue, all together. */
  queued_ms: number
}

/** A wait in a queue below this is none that anybody felt. */
export const LEAST_QUEUED_MS = 1

const roomFor = 3

/** One link for each attempt; in a longer chain, retries of a target are folded into one link with it. */
export function foldChain(attempts: readonly AttemptRow[]): ChainLink[] {
  const groups: AttemptRow[][] = []
  for (const attempt of attempts) {
    const group = groups.at(-1)
    if (attempts.length > roomFor && group !== undefined && isRetry(attempt, group[0]!)) group.push(attempt)
    else groups.push([attempt])
  }
  return groups.map((group) => ({
    last: group.at(-1)!,
    reason: group[0]!.reason,
    failure: failureOf(group),
    queued_ms: group.reduce((sum, attempt) => sum + attempt.queued_ms, 0),
  }))
}

function isRetry(attempt: AttemptRow, first: AttemptRow): boolean {
  return attempt.reason === 'retry' && attempt.provider === first.provider && attempt.model === first.model
}

function failureOf(group: readonly AttemptRow[]): string | null {
  const words = group.filter((attempt) => attempt.outcome === 'error').map(failureWord)
  if (words.length === 0) return null
  return [...Map.groupBy(words, (word) => word)]
    .map(([word, { length }]) => (length === 1 ? word : `${word} ×${length}`))
    .join(', ')
}

/** The message is a sentence, too long for a chip; without an error status, where it broke off says most. */
function failureWord({ status }: AttemptRow): string {
  if (status === null) return 'no reply'
  return status >= 400 ? String(status) : 'cut'
}

/** What made an attempt, in the words of the screen. */
export function reasonWord({ reason, resumed_at }: AttemptRow): string {
  if (reason === 'resume' && resumed_at !== null) return `resumed at ${resumed_at.toLocaleString('en-US')} chars`
  return reason ?? 'then'
}

/** True for an attempt that another one, begun beside it, was faster than. */
export function lostTheRace({ index, outcome }: AttemptRow, attempts: readonly AttemptRow[]): boolean {
  const raced = attempts.some(
    (other) => other.reason === 'hedge' && (other.index === index || other.index === index + 1),
  )
  return raced && outcome === 'cancelled'
}
