/**
 * Replies of the candidate held against replies of the baseline. A pair is a block of one and one; unpaired traffic is
 * matched into blocks as it comes (`matcher.ts`). All that is asked of blocks is that, whatever the earlier ones hold, each
 * brings replies of the two arms to the same kind of requests.
 */
export interface Blocks {
  readonly count: number
  /** Values of all blocks on end. */
  readonly baseline: Float64Array
  readonly candidate: Float64Array
  /** Where block i ends: it holds [ends[i - 1], ends[i]), the first one from 0. */
  readonly baselineEnds: Int32Array
  readonly candidateEnds: Int32Array
}

/** One value a pair, in the order in which the pairs came. `null`, NaN and infinite values are missing. */
export type Column = ArrayLike<number | null>

export function isPresent(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value)
}

/** The pairs in which both columns have a value. `rows`: only these, ascending. */
export function pairUp(baseline: Column, candidate: Column, rows: ArrayLike<number> | null = null): Blocks {
  const length = rows === null ? Math.min(baseline.length, candidate.length) : rows.length
  const builder = new BlockBuilder()
  for (let index = 0; index < length; index += 1) {
    const row = rows === null ? index : rows[index]!
    const [one, other] = [baseline[row], candidate[row]]
    if (isPresent(one) && isPresent(other)) builder.addPair(one, other)
  }
  return builder.blocks()
}

/** Blocks that grow. */
export class BlockBuilder {
  #count = 0
  #baseline = new Float64Array(16)
  #candidate = new Float64Array(16)
  #baselineEnds = new Int32Array(16)
  #candidateEnds = new Int32Array(16)

  get count(): number {
    return this.#count
  }

  addPair(baseline: number, candidate: number): void {
    this.add([baseline], [candidate])
  }

  /** At least one value of each arm. */
  add(baseline: readonly number[], candidate: readonly number[]): void {
    const [baselineEnd, candidateEnd] = this.#lastEnds()
    this.#baseline = roomFor(this.#baseline, baselineEnd + baseline.length)
    this.#candidate = roomFor(this.#candidate, candidateEnd + candidate.length)
    this.#baselineEnds = roomFor(this.#baselineEnds, this.#count + 1)
    this.#candidateEnds = roomFor(this.#candidateEnds, this.#count + 1)
    for (const [index, value] of baseline.entries()) this.#baseline[baselineEnd + index] = value
    for (const [index, value] of candidate.entries()) this.#candidate[candidateEnd + index] = value
    this.#baselineEnds[this.#count] = baselineEnd + baseline.length
    this.#candidateEnds[this.#count] = candidateEnd + candidate.length
    this.#count += 1
  }

  /** What there is by now; later additions do not show in it. */
  blocks(): Blocks {
    const [baselineEnd, candidateEnd] = this.#lastEnds()
    return {
      count: this.#count,
      baseline: this.#baseline.subarray(0, baselineEnd),
      candidate: this.#candidate.subarray(0, candidateEnd),
      baselineEnds: this.#baselineEnds.subarray(0, this.#count),
      candidateEnds: this.#candidateEnds.subarray(0, this.#count),
    }
  }

  #lastEnds(): [baseline: number, candidate: number] {
    return [this.#baselineEnds[this.#count - 1] ?? 0, this.#candidateEnds[this.#count - 1] ?? 0]
  }
}

function roomFor<List extends Float64Array | Int32Array>(list: List, length: number): List {
  if (length <= list.length) return list
  const longer = new (list.constructor as new (size: number) => List)(Math.max(length, list.length * 2))
  longer.set(list)
  return longer
}
