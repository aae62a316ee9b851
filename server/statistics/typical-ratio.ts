import type { Blocks } from './blocks.ts'
import { Capital } from './capital.ts'
import type { Evidence } from './evidence.ts'
import { forecast } from './forecast.ts'
import { type RatioGrid, ratioAt, ratioGrid } from './ratio-grid.ts'

/** What a ratio metric is held against. */
export interface RatioQuestion {
  /** 1 + margin. */
  bar: number
  /** Also looks for a turn to the worse that comes late; see `Capital`. */
  late: boolean
}

/**
 * The typical ratio: the ρ at which candidate > ρ·baseline is as likely as candidate < ρ·baseline. It lies below ρ exactly
 * if x = 1 (above), ½ (equal), 0 (below) has a mean under ½, which is shown by betting on 1 - x; that it lies above, by
 * betting on x. So only the order counts, and no tail, however heavy, can upset it. Ties at ρ count half, and so do pairs with
 * 0 on both sides, at every ρ; 0 on one side alone is above or below every ratio. In a block of several replies x is the mean
 * over all pairs of a candidate's and a baseline's reply in it.
 */
export class TypicalRatioEvidence implements Evidence {
  readonly goodAbove = false
  readonly first: number
  readonly last: number
  readonly #quotients: Float64Array
  /** Where each block ends in `#quotients`. */
  readonly #ends: Int32Array
  readonly #question: RatioQuestion
  readonly #grid: RatioGrid

  constructor(blocks: Blocks, question: RatioQuestion) {
    this.#question = question
    this.#grid = ratioGrid(question.bar)
    const { quotients, ends } = quotientsOf(blocks)
    this.#quotients = quotients
    this.#ends = ends
    const finite = quotients.filter((quotient) => quotient > 0 && quotient < Infinity)
    const [least, most] = [finite.reduce(lesser, Infinity), finite.reduce(greater, 0)]
    this.first = finite.length === 0 ? 0 : Math.min(0, this.#positionOf(least) - 1)
    this.last = finite.length === 0 ? 0 : Math.max(0, this.#positionOf(most) + 1)
  }

  get estimate(): number | null {
    return balancePoint(weightedQuotients(this.#quotients, this.#ends))
  }

  valueAt(position: number): number {
    return ratioAt(this.#grid, this.#question.bar, position)
  }

  above(position: number, error: number): boolean {
    const capital = capitalOfRatio(error, this.#question.late)
    const ratio = this.valueAt(position)
    for (let block = 0; block < this.#ends.length; block += 1)
      if (capital.push(this.#shareAbove(block, ratio))) return true
    return false
  }

  below(position: number, error: number): boolean {
    const capital = capitalOfRatio(error, false)
    const ratio = this.valueAt(position)
    for (let block = 0; block < this.#ends.length; block += 1)
      if (capital.push(1 - this.#shareAbove(block, ratio))) return true
    return false
  }

  moreUntilAbove(error: number): number | null {
    const shares = new Float64Array(this.#ends.length)
    for (let block = 0; block < shares.length; block += 1) shares[block] = this.#shareAbove(block, this.#question.bar)
    return forecast(shares, { target: EVEN, error })
  }

  moreUntilBelow(error: number): number | null {
    const shares = new Float64Array(this.#ends.length)
    for (let block = 0; block < shares.length; block += 1)
      shares[block] = 1 - this.#shareAbove(block, this.#question.bar)
    return forecast(shares, { target: EVEN, error })
  }

  #positionOf(ratio: number): number {
    return Math.round(Math.log(ratio / this.#question.bar) / this.#grid.step)
  }

  #shareAbove(block: number, ratio: number): number {
    return shareAbove(this.#quotients, this.#ends[block - 1] ?? 0, this.#ends[block]!, ratio)
  }
}

const EVEN = 0.5

const lesser = (one: number, other: number) => (one < other ? one : other)
const greater = (one: number, other: number) => (one > other ? one : other)

/** Bets that x, the share above a ratio, has a mean over one half; or, fed with 1 - x, under it. */
export function capitalOfRatio(error: number, late: boolean): Capital {
  return new Capital({ target: EVEN, error, late })
}

/** Share of [from, to) of the quotients that lies above the ratio. Equal ones and those of 0/0 count half. */
export function shareAbove(quotients: ArrayLike<number>, from: number, to: number, ratio: number): number {
  let above = 0
  for (let index = from; index < to; index += 1) {
    const quotient = quotients[index]!
    above += quotient > ratio ? 1 : quotient < ratio ? 0 : 0.5
  }
  return above / (to - from)
}

function quotientsOf(blocks: Blocks): { quotients: Float64Array; ends: Int32Array } {
  const { count, baseline, candidate, baselineEnds, candidateEnds } = blocks
  const ends = new Int32Array(count)
  let total = 0
  for (let block = 0; block < count; block += 1) {
    const baselines = baselineEnds[block]! - (baselineEnds[block - 1] ?? 0)
    total += baselines * (candidateEnds[block]! - (candidateEnds[block - 1] ?? 0))
    ends[block] = total
  }
  const quotients = new Float64Array(total)
  let place = 0
  for (let block = 0; block < count; block += 1)
    for (let one = candidateEnds[block - 1] ?? 0; one < candidateEnds[block]!; one += 1)
      for (let other = baselineEnds[block - 1] ?? 0; other < baselineEnds[block]!; other += 1) {
        quotients[place] = candidate[one]! / baseline[other]!
        place += 1
      }
  return { quotients, ends }
}

/** Ascending, without those of 0/0; those of a block weigh 1 together. */
function weightedQuotients(quotients: Float64Array, ends: Int32Array): { quotient: number; weight: number }[] {
  const list: { quotient: number; weight: number }[] = []
  for (let block = 0; block < ends.length; block += 1) {
    const [from, to] = [ends[block - 1] ?? 0, ends[block]!]
    for (let index = from; index < to; index += 1)
      if (!Number.isNaN(quotients[index]!)) list.push({ quotient: quotients[index]!, weight: 1 / (to - from) })
  }
  return list.sort((one, other) => one.quotient - other.quotient)
}

/** As much weight below as above; the middle where that is an interval. `null` where it is not finite. */
function balancePoint(sorted: readonly { quotient: number; weight: number }[]): number | null {
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let below = 0
  for (const [index, { quotient, weight }] of sorted.entries()) {
    below += weight
    if (below < half) continue
    const point = below > half ? quotient : (quotient + (sorted[index + 1]?.quotient ?? quotient)) / 2
    return Number.isFinite(point) ? point : null
  }
  return null
}
