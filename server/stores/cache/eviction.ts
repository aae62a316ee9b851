import type { CacheEntry } from '../../core/cache.ts'

/**
 * What an entry is worth: GreedyDual-Size-Frequency with the cost of making it again (Cherkasova, "Improving WWW Proxies
 * Performance with Greedy-Dual-Size-Frequency Caching Policy", HP Laboratories, 1998):
 *
 *     priority = clock + cost × (hits + 1) ÷ bytes
 *
 * The entry of the lowest priority goes first, and the clock then stands at its priority. Whatever is put or hit from
 * then on starts from there, so that an entry that is not hit any more is overtaken, however often it once was.
 */

/** Nano-dollars a millisecond, for replies that cost nothing but time: a machine at 0.36 dollars an hour. */
export const NANO_PER_MS = 100

export function priorityOf(
  clock: number,
  { costNano, durationMs }: Pick<CacheEntry, 'costNano' | 'durationMs'>,
  hits: number,
  bytes: number,
): number {
  const cost = costNano || durationMs * NANO_PER_MS
  return clock + (Math.max(cost, 1) * (hits + 1)) / bytes
}

/** When there is more than the limit, so much of it stays. */
export const KEPT_SHARE = 0.9

/** An entry that is younger goes only when nothing older is left: it has had no time to be hit. */
export const GRACE_MS = 60_000
