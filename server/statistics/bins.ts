/** Values of one arm, block by block, as places on a grid of equal ratios. */
export interface Bins {
  /** Of each value: how many whole steps it lies above 1, or `ZERO`. */
  readonly values: Int32Array
  /** Where each block ends in `values`. */
  readonly ends: Int32Array
  /** Least and greatest bin of a value above 0; both 0 where there is none. */
  readonly first: number
  readonly last: number
}

/** Stands below every other bin, however they are shifted. */
export const ZERO = -(2 ** 30)

/** `step`: the natural logarithm of the ratio between neighbours. */
export function binsOf(values: Float64Array, ends: Int32Array, step: number): Bins {
  const bins = new Int32Array(values.length)
  let [first, last] = [Infinity, -Infinity]
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!
    const bin = value > 0 ? Math.floor(Math.log(value) / step) : ZERO
    bins[index] = bin
    if (bin === ZERO) continue
    if (bin < first) first = bin
    if (bin > last) last = bin
  }
  return first > last ? { values: bins, ends, first: 0, last: 0 } : { values: bins, ends, first, last }
}
