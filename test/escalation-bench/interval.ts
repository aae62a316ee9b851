import { Random } from '../cache-eval/random.ts'

export interface Interval {
  low: number
  high: number
}

/** A value of one request. Those of one cluster depend on each other. */
export interface Clustered {
  cluster: string
  value: number
}

const RESAMPLES = 2000
const SEED = 7

/** 95 % interval of a mean: percentiles of means of resampled clusters (Efron 1979; Field and Welsh 2007). */
export function intervalOf(values: readonly Clustered[]): Interval {
  const clusters = [...Map.groupBy(values, ({ cluster }) => cluster).values()].map((some) => {
    return { sum: some.reduce((sum, { value }) => sum + value, 0), count: some.length }
  })
  const random = new Random(SEED)
  const means = Array.from({ length: RESAMPLES }, () => {
    let [sum, count] = [0, 0]
    for (let drawn = 0; drawn < clusters.length; drawn += 1) {
      const cluster = random.pick(clusters)
      sum += cluster.sum
      count += cluster.count
    }
    return sum / count
  }).sort((one, other) => one - other)
  const at = (share: number) => means[Math.floor(share * (RESAMPLES - 1))]!
  return { low: at(0.025), high: at(0.975) }
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
