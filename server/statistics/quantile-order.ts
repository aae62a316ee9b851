import type { Bins } from './bins.ts'
import { type Bet, Capital, RARE_STAKES } from './capital.ts'
import { forecast } from './forecast.ts'

/** The quantile that is compared, and the share of values above it. */
export const QUANTILE = 0.95
const TAIL = 0.05

/** The error is shared out: half for the comparison of the arms, a quarter for each end where that cannot tell. */
const BETWEEN_SHARE = 0.5
const END_SHARE = 0.25

/** As many cells as a forecast looks at. */
const FORECAST_CELLS = 9

/**
 * Shows that the 95th percentile q of one arm S ("small") is not above that of another one L ("large") multiplied by a ratio.
 *
 * Suppose it is: q(S) > q(L). Then at t = q(L), and up to q(S), at least 5 % of S lie above t and at most 5 % of L. So the
 * claim to be refuted is a union over t of such statements, and it is refuted when each of them is, at every t ≥ 0, by any test
 * that fits it. As the one that is true, if one is, must be refuted among them, no correction for the many t is needed. At
 * each t three capitals are held against the statement, with a quarter, a quarter and half of the error:
 *
 * 1. that fewer than 5 % of S lie above t (tells where t is large),
 * 2. that more than 5 % of L lie above t (tells where t is small),
 * 3. that more of L than of S lie above t: a bet on the difference of the two, block by block. It tells in between, and
 *    there it needs far fewer pairs than two separate confidence sequences of the quantiles (Howard and Ramdas 2022, Bernoulli
 *    28(3), https://arxiv.org/abs/1906.09712), as these must part completely and know nothing of pairs.
 *
 * Values are sorted into bins of a fixed grid, and t into the same cells. Within its cell t is treated as the bin's lower edge
 * for S and as its upper edge for L, which only lowers every capital; so the finitely many cells stand for all t, at the
 * price of one bin's width. As the cells are fixed, what is refuted stays so.
 *
 * `strict`: shows q(S) < q(L) instead, which matters where values repeat. Then S counts from t on, not above it, and t = 0 has
 * to be refuted by the second capital.
 */
export class QuantileOrder {
  readonly #small: Bins
  readonly #large: Bins
  readonly #strict: boolean
  readonly #bets: { few: Bet; many: Bet; between: Bet }
  /** First cell that capital 1 refutes: -∞ if it refutes all, `null` if none. */
  readonly #end: number | null
  /** Last cell that capital 2 refutes, in bins of L; `null` if none. */
  readonly #start: number | null

  constructor(small: Bins, large: Bins, { strict, error }: { strict: boolean; error: number }) {
    this.#small = small
    this.#large = large
    this.#strict = strict
    this.#bets = {
      few: { target: QUANTILE, error: error * END_SHARE },
      many: { target: TAIL, error: error * END_SHARE, stakes: RARE_STAKES },
      between: { target: 1, error: error * BETWEEN_SHARE },
    }
    const few = greatest((negative) => this.#refutesFew(-negative), { first: -small.last - 1, last: -small.first })
    this.#end = few === null ? null : -few === small.first ? -Infinity : -few
    this.#start = greatest((cell) => this.#refutesMany(cell), { first: large.first - 1, last: large.last })
  }

  /** Whether it is shown with the bins of L shifted so far. What holds for a shift holds for larger ones. */
  holds(shift: number): boolean {
    if (this.#end === null || (this.#strict && this.#start === null)) return false
    const blocks = this.#tellingBlocks(shift)
    return this.#openCells(shift).every((cell) => this.#refutesBetween(cell, shift, blocks))
  }

  /** About how many more blocks until it is; see `forecast`. `null`: nobody can tell. */
  moreUntil(shift: number): number | null {
    const blocks = this.#tellingBlocks(shift)
    const open = this.#openCells(shift).filter((cell) => !this.#refutesBetween(cell, shift, blocks))
    const stride = Math.max(1, (open.length - 1) / (FORECAST_CELLS - 1))
    let most = 0
    for (let place = 0; place < open.length; place += stride) {
      const more = this.#moreAt(open[Math.floor(place)]!, shift)
      if (more === null) return null
      most = Math.max(most, more)
    }
    return most
  }

  #refutesFew(cell: number): boolean {
    const capital = new Capital(this.#bets.few)
    for (const bin of this.#small.values) if (capital.push(bin < cell ? 1 : 0)) return true
    return false
  }

  #refutesMany(cell: number): boolean {
    const capital = new Capital(this.#bets.many)
    for (const bin of this.#large.values) if (capital.push(bin > cell ? 1 : 0)) return true
    return false
  }

  #refutesBetween(cell: number, shift: number, blocks: Int32Array): boolean {
    const capital = new Capital(this.#bets.between)
    for (const block of blocks) {
      const difference = this.#difference(block, cell, shift)
      // A tie leaves every stake as it is.
      if (difference !== 0 && capital.push(1 + difference)) return true
    }
    return false
  }

  /** Share of the block's values of L above the cell less the share of those of S in it or above. */
  #difference(block: number, cell: number, shift: number): number {
    return shareFrom(this.#large, block, cell - shift + 1) - shareFrom(this.#small, block, cell)
  }

  /** First cell that capital 2 leaves open. Below the least value all cells are alike, but for t = 0. */
  #firstOpen(shift: number): number {
    return this.#start === null ? Math.min(this.#small.first, this.#large.first + shift) - 1 : this.#start + shift + 1
  }

  /**
   * Cells that neither capital 1 nor 2 refutes, ascending. From one cell to the next capital 3 falls only where a value of L
   * is left behind, so the others between two such need no look.
   */
  #openCells(shift: number): number[] {
    const first = this.#firstOpen(shift)
    const end = this.#end ?? this.#small.last + 2
    if (first >= end) return []
    const cells = new Set([first])
    for (const bin of this.#large.values) if (bin + shift > first && bin + shift < end) cells.add(bin + shift)
    return [...cells].sort((one, other) => one - other)
  }

  /** Blocks with a value in or above the first open cell; the rest are ties in all open cells. */
  #tellingBlocks(shift: number): Int32Array {
    const first = this.#firstOpen(shift)
    const blocks = new Int32Array(this.#small.ends.length)
    let count = 0
    for (let block = 0; block < blocks.length; block += 1)
      if (shareFrom(this.#small, block, first) > 0 || shareFrom(this.#large, block, first - shift + 1) > 0) {
        blocks[count] = block
        count += 1
      }
    return blocks.subarray(0, count)
  }

  #moreAt(cell: number, shift: number): number | null {
    const [small, large] = [this.#small, this.#large]
    const blocks = small.ends.length
    const few = forecast(
      Float64Array.from(small.values, (bin) => (bin < cell ? 1 : 0)),
      this.#bets.few,
    )
    const many = forecast(
      Float64Array.from(large.values, (bin) => (bin + shift > cell ? 1 : 0)),
      this.#bets.many,
    )
    const differences = Float64Array.from(small.ends, (_, block) => 1 + this.#difference(block, cell, shift))
    const between = forecast(differences, this.#bets.between)
    const candidates = [
      few === null ? Infinity : (few * blocks) / small.values.length,
      many === null ? Infinity : (many * blocks) / large.values.length,
      between ?? Infinity,
    ]
    const soonest = Math.min(...candidates)
    return soonest === Infinity ? null : Math.ceil(soonest)
  }
}

/** Share of a block's values whose bin is at least this. */
function shareFrom({ values, ends }: Bins, block: number, bin: number): number {
  const [from, to] = [ends[block - 1] ?? 0, ends[block]!]
  let count = 0
  for (let index = from; index < to; index += 1) if (values[index]! >= bin) count += 1
  return count / (to - from)
}

/** The greatest whole number in the range that `holds`, which holds for all smaller ones too. */
function greatest(holds: (value: number) => boolean, { first, last }: { first: number; last: number }): number | null {
  let [low, high] = [first - 1, last + 1]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle
  }
  return low < first ? null : low
}
