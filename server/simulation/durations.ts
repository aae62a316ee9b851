import { BINS, binOf, middleOf } from '../core/histogram.ts'

/** Durations in bins of equal ratio, which may count in parts. */
export class Durations {
  readonly #bins = new Float64Array(BINS)
  #total = 0

  get total(): number {
    return this.#total
  }

  /** Milliseconds. */
  add(ms: number): void {
    this.#bins[binOf(ms)]! += 1
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
      if (below > 0 && below >= share * this.#total - 1e-6) return middleOf(bin)
    }
    return null
  }
}
