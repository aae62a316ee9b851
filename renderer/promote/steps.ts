/** The way of a promotion from its first share of the traffic to all of it. */
import type { PromotionRow } from '../../server/http/admin/schemas.ts'

/** Shares of the traffic, one step after the other, as the gateway takes them. */
export const SHARES: readonly number[] = [0.05, 0.25, 1]

export interface Stop {
  share: number
  /** `now`: so much goes there; `left`: so much did when it was taken back. */
  place: 'done' | 'now' | 'next' | 'left' | 'ahead'
}

type Way = Pick<PromotionRow, 'state' | 'share' | 'steps'>

/** The stops of a promotion; a share that was chosen by hand has one of its own. */
export function stopsOf({ state, share, steps }: Way): Stop[] {
  const reached = state === 'running' ? share : Math.max(0, ...steps.map((step) => step.share))
  const shares = [...new Set([...SHARES, reached])].filter((each) => each > 0).sort((one, other) => one - other)
  const next = state === 'running' ? nextShare(reached) : null
  return shares.map((each) => ({ share: each, place: placeOf(each) }))

  function placeOf(each: number): Stop['place'] {
    if (state === 'complete' || each < reached) return 'done'
    if (each === reached) return state === 'running' ? 'now' : 'left'
    return each === next ? 'next' : 'ahead'
  }
}

/** The share that the next step sends there; `null` where all goes there already. */
export function nextShare(share: number): number | null {
  return SHARES.find((each) => each > share) ?? null
}

/** `5%`, `12.5%`. */
export function shareWords(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`
}
