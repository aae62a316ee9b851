/** The least value that at least the given share of the values does not exceed. `null` where there are none. */
export function quantileOf(values: Float64Array, share: number): number | null {
  return quantileOfSorted(values.toSorted(), share)
}

/** As `quantileOf`, of values in ascending order. */
export function quantileOfSorted(sorted: Float64Array, share: number): number | null {
  return sorted[rankOf(share, sorted.length)] ?? null
}

/** Place of the quantile among so many values in ascending order, from 0. */
export function rankOf(share: number, count: number): number {
  // A product such as 0.95 * 20 may come out above the whole number that it is.
  return Math.max(0, Math.ceil(share * count - 1e-9) - 1)
}

/** The middle value, or the mean of the two. `null` where there are none. */
export function medianOfSorted(sorted: Float64Array): number | null {
  const count = sorted.length
  if (count === 0) return null
  const [low, high] = [sorted[(count - 1) >> 1]!, sorted[count >> 1]!]
  // The sum of the two could be infinite.
  return low + (high - low) / 2
}
