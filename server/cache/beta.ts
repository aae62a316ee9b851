/** Quantiles of beta distributions: what is believed of a share after so many cases for and against it. */

const STEPS = 60
const MOST_TERMS = 300
const PRECISION = 1e-12
const TINY = 1e-300

/** The value below which a Beta(a, b) variable lies with the given probability; a, b > 0. Found by halving. */
export function betaQuantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2
    if (betaShare(middle, a, b) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Regularised incomplete beta function I_x(a, b), by its continued fraction (https://dlmf.nist.gov/8.17#v). */
export function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast on this side of the mean; the other is its mirror image (DLMF 8.17.4).
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(1 - x, b, a)
  const front = Math.exp(lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a
  return front * continuedFraction(x, a, b)
}

/** Lentz's method, modified (Thompson and Barnett 1986). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / apartFromZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let change = 1
    for (const term of [even, odd]) {
      d = 1 / apartFromZero(1 + term * d)
      c = apartFromZero(1 + term / c)
      change = c * d
      value *= change
    }
    if (Math.abs(change - 1) < PRECISION) break
  }
  return value
}

function apartFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}

/** Stirling's series (https://dlmf.nist.gov/5.11.1), after moving the argument up to where it is exact enough. */
function lnGamma(value: number): number {
  let x = value
  let shift = 0
  for (; x < 10; x++) shift -= Math.log(x)
  const inverse = 1 / (x * x)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x
  return shift + (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series
}
