import { type Bins, binsOf } from './bins.ts'
import type { Blocks } from './blocks.ts'
import type { Evidence } from './evidence.ts'
import { QUANTILE, QuantileOrder } from './quantile-order.ts'
import { quantileOf } from './quantiles.ts'
import { type RatioGrid, ratioAt, ratioGrid } from './ratio-grid.ts'

/**
 * The ratio of the 95th percentiles, candidate / baseline: that it lies below ρ is shown as q(candidate) ≤ ρ·q(baseline), that
 * it lies above as q(candidate) > ρ·q(baseline), both by `QuantileOrder`. A percentile is the least value that 95 % of the
 * replies do not exceed. Two arms that are 0 throughout are non-inferior by that.
 */
export class QuantileRatioEvidence implements Evidence {
  readonly goodAbove = false
  readonly first: number
  readonly last: number
  readonly #blocks: Blocks
  readonly #bar: number
  readonly #grid: RatioGrid
  readonly #baseline: Bins
  readonly #candidate: Bins
  /** What does not depend on the ratio is worked out once for each error. */
  readonly #orders = new Map<string, QuantileOrder>()

  constructor(blocks: Blocks, bar: number) {
    this.#blocks = blocks
    this.#bar = bar
    this.#grid = ratioGrid(bar)
    this.#baseline = binsOf(blocks.baseline, blocks.baselineEnds, this.#grid.step)
    this.#candidate = binsOf(blocks.candidate, blocks.candidateEnds, this.#grid.step)
    this.first = Math.min(0, this.#candidate.first - this.#baseline.last - this.#grid.bar - 1)
    this.last = Math.max(0, this.#candidate.last - this.#baseline.first - this.#grid.bar + 1)
  }

  get estimate(): number | null {
    const [baseline, candidate] = [this.#blocks.baseline, this.#blocks.candidate].map((values) =>
      quantileOf(values, QUANTILE),
    )
    const ratio = (candidate ?? Number.NaN) / (baseline ?? Number.NaN)
    return Number.isFinite(ratio) ? ratio : null
  }

  valueAt(position: number): number {
    return ratioAt(this.#grid, this.#bar, position)
  }

  above(position: number, error: number): boolean {
    return this.#baselineUnder(error).holds(-this.#grid.bar - position)
  }

  below(position: number, error: number): boolean {
    return this.#candidateUnder(error).holds(this.#grid.bar + position)
  }

  moreUntilAbove(error: number): number | null {
    return this.#baselineUnder(error).moreUntil(-this.#grid.bar)
  }

  moreUntilBelow(error: number): number | null {
    return this.#candidateUnder(error).moreUntil(this.#grid.bar)
  }

  #baselineUnder(error: number): QuantileOrder {
    return this.#order(`above ${error}`, () => {
      return new QuantileOrder(this.#baseline, this.#candidate, { strict: true, error })
    })
  }

  #candidateUnder(error: number): QuantileOrder {
    return this.#order(`below ${error}`, () => {
      return new QuantileOrder(this.#candidate, this.#baseline, { strict: false, error })
    })
  }

  #order(key: string, make: () => QuantileOrder): QuantileOrder {
    const known = this.#orders.get(key) ?? make()
    this.#orders.set(key, known)
    return known
  }
}
