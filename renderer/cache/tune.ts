/** What another threshold would have meant for the look-ups that were recorded. */
import type { TunedLookUp } from '../../server/http/admin/schemas.ts'

/** What is known of a look-up's answer. `guarded`: no threshold would have it served. */
export type Judgement = 'right' | 'wrong' | 'unknown' | 'guarded'

export const judgements: readonly Judgement[] = ['wrong', 'unknown', 'right', 'guarded']

/** What a person says counts more than the comparison of the answers. */
export function judgementOf({ guard, review, agreement }: TunedLookUp): Judgement {
  if (guard !== null) return 'guarded'
  if (review !== null) return review
  if (agreement === 'same') return 'right'
  return agreement === 'different' ? 'wrong' : 'unknown'
}

/** Would it be answered from the cache under a threshold? `null` serves nothing. */
export function isServed({ guard, similarity }: TunedLookUp, threshold: number | null): boolean {
  return guard === null && threshold !== null && similarity >= threshold
}

export interface Flips {
  /** Not served under the threshold that holds, served under the other one. */
  gained: TunedLookUp[]
  lost: TunedLookUp[]
  gainedWrong: number
  lostWrong: number
  /** Of all that would be served. */
  served: number
  servedWrong: number
}

/** Look-ups that would end otherwise under `to` than under `from`, nearest to the new threshold first. */
export function flipsOf(lookUps: readonly TunedLookUp[], from: number | null, to: number): Flips {
  const near = (one: TunedLookUp, other: TunedLookUp) => Math.abs(one.similarity - to) - Math.abs(other.similarity - to)
  const gained = lookUps.filter((each) => !isServed(each, from) && isServed(each, to)).sort(near)
  const lost = lookUps.filter((each) => isServed(each, from) && !isServed(each, to)).sort(near)
  const served = lookUps.filter((each) => isServed(each, to))
  return {
    gained,
    lost,
    gainedWrong: countWrong(gained),
    lostWrong: countWrong(lost),
    served: served.length,
    servedWrong: countWrong(served),
  }
}

function countWrong(lookUps: readonly TunedLookUp[]): number {
  return lookUps.filter((each) => judgementOf(each) === 'wrong').length
}
