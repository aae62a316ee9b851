/** How the cache's figures are said. */
import type { CacheScopeQuality, CacheTenant, TunedLookUp } from '../../server/http/admin/schemas.ts'
import { formatCount, formatShare, unknown } from '../format.ts'

/** A share as a percentage with enough digits for small ones: `0.5%`, `0.04%`. */
export function formatRate(share: number | null): string {
  if (share === null) return unknown
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return percent < 0.005 ? '<0.01%' : `${percent.toFixed(2)}%`
  return formatShare(share, 1)
}

/** A similarity or a threshold. */
export function formatSimilarity(similarity: number): string {
  return similarity.toFixed(3)
}

/** Bounds of an estimate; it is right in 95 of 100 cases. */
export function formatBounds({ low, high }: { low: number; high: number }): string {
  return `${formatRate(low)} to ${formatRate(high)}`
}

/** `1 reply`, `2 replies`. */
export function formatReplies(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'reply' : 'replies'}`
}

export const nobody = 'nobody in particular'

/** The scope of which most is to be feared, of those where hits were looked into. */
export function worstOf(scopes: readonly CacheScopeQuality[]): CacheScopeQuality | null {
  return scopes
    .filter(({ samples }) => samples > 0)
    .reduce<CacheScopeQuality | null>(
      (worst, each) => (worst === null || each.wrong.estimate > worst.wrong.estimate ? each : worst),
      null,
    )
}

/** Parts of a bar: how requests that were looked up ended. */
export const useParts: readonly { name: string; token: string; of: (use: Omit<CacheTenant, 'tenant'>) => number }[] = [
  { name: 'exact', token: '--hit-exact', of: ({ exact }) => exact },
  { name: 'semantic', token: '--hit-semantic', of: ({ semantic }) => semantic },
  { name: 'stale', token: '--fallback', of: ({ stale }) => stale },
  { name: 'miss', token: '--line-strong', of: ({ misses }) => misses },
]

export const outcomeWords: Record<TunedLookUp['outcome'], string> = {
  hit: 'served from the cache',
  check: 'compared',
  far: 'too far away',
  guarded: 'kept apart by a guard',
}
