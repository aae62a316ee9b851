import type { Sample } from './measure.ts'
import type { Results } from './rounds.ts'

/** Reads one number out of a sample. */
export type Reading = (sample: Sample) => number | null

/** The median over the rounds; `null` when nothing was measured. */
export function medianOf(results: Results, cell: string, target: string, read: Reading): number | null {
  return median((results.get(cell)?.get(target) ?? []).map((sample) => sample && read(sample)))
}

/**
 * The median of what `combine` makes of two targets' numbers of the same round: paired, so that a slow minute of the
 * machine weighs on both.
 */
export function pairedMedian(
  results: Results,
  cell: string,
  target: string,
  other: string,
  read: Reading,
  combine: (own: number, others: number) => number,
): number | null {
  const others = results.get(cell)?.get(other) ?? []
  const pairs = (results.get(cell)?.get(target) ?? []).map((sample, round) => {
    const own = sample && read(sample)
    const theirs = others[round] ? read(others[round]) : null
    return own === null || theirs === null ? null : combine(own, theirs)
  })
  return median(pairs)
}

export const ratio = (own: number, others: number): number => own / others
export const difference = (own: number, others: number): number => own - others

export const requestsPerSecond: Reading = (sample) => sample.requestsPerSecond
export const sustained: Reading = (sample) => sample.sustainedPerSecond
export const p50: Reading = (sample) => sample.p50Ms
export const cpu: Reading = (sample) => sample.cpuPerThousandMs
export const busy: Reading = (sample) => sample.busy

/** Of the numbers among the values. */
export function median(values: readonly (number | null)[]): number | null {
  const sorted = values
    .filter((value): value is number => value !== null && Number.isFinite(value))
    .sort((left, right) => left - right)
  if (sorted.length === 0) return null
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
