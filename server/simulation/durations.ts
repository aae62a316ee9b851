/** Eight make each bin 9 % wide, as in the histograms of the gateway and its statistics. */
const BINS_PER_DOUBLING = 8
/** From 1 ms to 2^20.25 ms, some 21 minutes; what lies outside counts as the nearest bin. */
const BINS = 162

/** Durations in bins of equal ratio, which may count in parts. */
export class Durations {
  readonly #bins = new Float64Array(BINS)
  #total = 0

  get total(): number {
    return this.#total
  }

  /** Milliseconds. */
  add(ms: number): void {
    const bin = ms > 1 ? Math.min(BINS - 1, Math.floor(Math.log2(ms) * BINS_PER_DOUBLING)) : 0
    this.#bins[bin]! += 1
    this.#total += 1
  }

  /** Adds so many durations that are spread as those of another one are, which must not be empty. */
  addLike(other: Durations, number: number): void {
    for (let bin = 0; bin < BINS; bin += 1) this.#bins[bin]! += (other.#bins[bin]! / other.#total) * number
    this.#total += number
  }

  /** The geometric middle of the bin in which the quantile lies, in milliseconds; `null` without any. */
  quantile(share: number): number | null {
    let below = 0
    for (let bin = 0; bin < BINS; bin += 1) {
      below += this.#bins[bin]!
      // Parts may sum up to a little less than their whole.
      if (below > 0 && below >= share * this.#total - 1e-6) return 2 ** ((bin + 0.5) / BINS_PER_DOUBLING)
    }
    return null
  }
}
