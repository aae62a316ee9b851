/** A mean with an interval of 95 % confidence, for one look at a number of values fixed beforehand. */
export interface MeanInterval {
  n: number
  mean: number | null
  /** `null`: too few values to tell. */
  lower: number | null
  upper: number | null
  /** How the interval was made. */
  method: 'wilson' | 't'
}

/** Of the normal distribution, for 95 %. */
const Z = 1.959963984540054
/** Of Student's distribution, for 95 %, with 1 to 9 degrees of freedom (https://www.itl.nist.gov/div898/handbook/eda/section3/eda3672.htm). */
const T = [12.70620474, 4.30265273, 3.18244631, 2.77644511, 2.57058184, 2.44691185, 2.36462425, 2.30600414, 2.26215716]

/**
 * Of values 0..1. Where all are 0 or 1: Wilson's score interval of a proportion (Wilson 1927, JASA 22; e.g. Agresti and Coull
 * 1998); else Student's t of the mean, cut to 0..1.
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const n = values.length
  const method = values.every((value) => value === 0 || value === 1) ? 'wilson' : 't'
  if (n === 0) return { n, mean: null, lower: null, upper: null, method }
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const ends = method === 'wilson' ? wilson(mean, n) : student(values, mean)
  return { n, mean, ...ends, method }
}

function wilson(share: number, n: number): Pick<MeanInterval, 'lower' | 'upper'> {
  const square = Z * Z
  const middle = (share + square / (2 * n)) / (1 + square / n)
  const half = (Z / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n))
  return { lower: Math.max(0, middle - half), upper: Math.min(1, middle + half) }
}

function student(values: readonly number[], mean: number): Pick<MeanInterval, 'lower' | 'upper'> {
  const n = values.length
  if (n < 2) return { lower: null, upper: null }
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)
  const half = studentQuantile(n - 1) * Math.sqrt(variance / n)
  return { lower: Math.max(0, mean - half), upper: Math.min(1, mean + half) }
}

/**
 * The 97.5 % quantile of Student's distribution: a table, and from 10 degrees of freedom on the expansion 26.7.5 of Abramowitz
 * and Stegun, which is off by less than 1e-5 there.
 */
export function studentQuantile(freedom: number): number {
  const listed = T[freedom - 1]
  if (listed !== undefined) return listed
  const first = (Z ** 3 + Z) / 4
  const second = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96
  const third = (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384
  const fourth = (79 * Z ** 9 + 776 * Z ** 7 + 1482 * Z ** 5 - 1920 * Z ** 3 - 945 * Z) / 92160
  return Z + first / freedom + second / freedom ** 2 + third / freedom ** 3 + fourth / freedom ** 4
}
