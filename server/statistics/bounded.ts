import type { Blocks } from './blocks.ts'
import { Capital } from './capital.ts'
import type { Evidence } from './evidence.ts'
import { forecast } from './forecast.ts'

/** Of the unit: far below any margin of use, and a bound off by so much is off to the safe side. */
const RESOLUTION = 0.0002

/** How a bounded metric is turned and what it is held against. */
export interface BoundedQuestion {
  better: 'higher' | 'lower'
  /** -margin; above -1. */
  bar: number
  /** Also looks for a turn to the worse that comes late; see `Capital`. */
  late: boolean
}

/**
 * The mean of differences d in [-1, 1], candidate minus baseline, turned so that more is better. That it lies above μ is
 * shown by betting on x = 1 + d ≥ 0 against E x ≤ 1 + μ, that it lies below by betting on 1 - d ≥ 0 against E ≤ 1 - μ.
 * Assumed is only that each difference has the same mean given those before it: no shape, no variance.
 */
export class BoundedEvidence implements Evidence {
  readonly goodAbove = true
  readonly first: number
  readonly last: number
  readonly estimate: number | null
  readonly #differences: Float64Array
  readonly #question: BoundedQuestion

  constructor(blocks: Blocks, question: BoundedQuestion) {
    this.#question = question
    this.#differences = differencesOf(blocks, question.better)
    this.first = Math.min(0, Math.ceil((RESOLUTION - 1 - question.bar) / RESOLUTION))
    this.last = Math.floor((1 - RESOLUTION - question.bar) / RESOLUTION)
    const { length } = this.#differences
    this.estimate = length === 0 ? null : meanOf(this.#differences, 0, length)
  }

  valueAt(position: number): number {
    return this.#question.bar + position * RESOLUTION
  }

  above(position: number, error: number): boolean {
    const capital = capitalAbove(this.valueAt(position), error)
    return this.#differences.some((difference) => capital.push(1 + difference))
  }

  below(position: number, error: number): boolean {
    const capital = capitalBelow(this.valueAt(position), error, this.#question.late)
    return this.#differences.some((difference) => capital.push(1 - difference))
  }

  moreUntilAbove(error: number): number | null {
    const values = this.#differences.map((difference) => 1 + difference)
    return forecast(values, { target: 1 + this.#question.bar, error })
  }

  moreUntilBelow(error: number): number | null {
    const values = this.#differences.map((difference) => 1 - difference)
    return forecast(values, { target: 1 - this.#question.bar, error })
  }
}

/** Bets that the mean difference lies above `value`, on 1 + d. */
export function capitalAbove(value: number, error: number): Capital {
  return new Capital({ target: 1 + value, error })
}

/** Bets that it lies below, on 1 - d. */
export function capitalBelow(value: number, error: number, late: boolean): Capital {
  return new Capital({ target: 1 - value, error, late })
}

export function turned(baseline: number, candidate: number, better: 'higher' | 'lower'): number {
  return better === 'higher' ? candidate - baseline : baseline - candidate
}

function differencesOf(blocks: Blocks, better: 'higher' | 'lower'): Float64Array {
  const { baseline, candidate, baselineEnds, candidateEnds } = blocks
  const differences = new Float64Array(blocks.count)
  for (let block = 0; block < blocks.count; block += 1)
    differences[block] = turned(
      meanOf(baseline, baselineEnds[block - 1] ?? 0, baselineEnds[block]!),
      meanOf(candidate, candidateEnds[block - 1] ?? 0, candidateEnds[block]!),
      better,
    )
  return differences
}

export function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0
  for (let index = from; index < to; index += 1) sum += values[index]!
  return sum / (to - from)
}
