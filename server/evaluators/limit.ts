/** A measure against the most that it may be. */
export interface Limit {
  name: string
  measured: number
  max: number
}

/**
 * 1 up to half of what is allowed, falling in straight lines to 0.5 at the limit and to 0 at twice the limit. So the score
 * still tells good from better within the limit, and bad from worse beyond.
 */
export function limitScore({ measured, max }: Limit): number {
  const share = measured / max
  if (share <= 0.5) return 1
  return share <= 1 ? 1.5 - share : Math.max(0, 1 - share / 2)
}
