import type { Clock } from './clock.ts'

/** Eight make each bin 9 % wide, so that a quantile is right within 5 %. As the statistics of the store have it. */
export const BINS_PER_DOUBLING = 8
/** From 1 ms to 2^20.25 ms, some 21 minutes; what lies outside counts as the nearest bin. */
export const BINS = 162

/** Counts of durations in bins of equal ratio. Two of them can be merged without a loss. */
export class Histogram {
  readonly #counts = new Uint32Array(BINS)
  #total = 0

  get total(): number {
    return this.#total
  }

  /** Milliseconds. */
  add(ms: number): void {
    this.#counts[binOf(ms)]! += 1
    this.#total += 1
  }

  merge(other: Histogram): void {
    for (let bin = 0; bin < BINS; bin += 1) this.#counts[bin]! += other.#counts[bin]!
    this.#total += other.#total
  }

  clear(): void {
    this.#counts.fill(0)
    this.#total = 0
  }

  /** The geometric middle of the bin in which the quantile lies, in milliseconds; `null` when nothing was counted. */
  quantile(share: number): number | null {
    let below = 0
    for (let bin = 0; bin < BINS; bin += 1) {
      below += this.#counts[bin]!
      if (below > 0 && below >= share * this.#total) return middleOf(bin)
    }
    return null
  }
}

/** The bin of a duration in milliseconds. */
export function binOf(ms: number): number {
  if (!(ms > 1)) return 0
  return Math.min(BINS - 1, Math.floor(Math.log2(ms) * BINS_PER_DOUBLING))
}

/** The geometric middle of a bin, in milliseconds. */
export function middleOf(bin: number): number {
  return 2 ** ((bin + 0.5) / BINS_PER_DOUBLING)
}

const PERIODS = 10
const PERIOD_MS = 30_000

/** A histogram of the last five minutes: ten periods of half a minute, of which the oldest is dropped as a whole. */
export class SlidingHistogram {
  readonly #clock: Clock
  /** By the period's number modulo `PERIODS`. */
  readonly #ring = new Map<number, { period: number; histogram: Histogram }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(ms: number): void {
    const period = this.#period()
    let slot = this.#ring.get(period % PERIODS)
    if (slot === undefined) {
      slot = { period, histogram: new Histogram() }
      this.#ring.set(period % PERIODS, slot)
    } else if (slot.period !== period) {
      slot.period = period
      slot.histogram.clear()
    }
    slot.histogram.add(ms)
  }

  /** Everything in the window, as a histogram of its own. */
  read(): Histogram {
    const sum = new Histogram()
    const oldest = this.#period() - PERIODS
    for (const { period, histogram } of this.#ring.values()) if (period > oldest) sum.merge(histogram)
    return sum
  }

  #period(): number {
    return Math.floor(this.#clock.now() / PERIOD_MS)
  }
}
