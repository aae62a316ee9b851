import { type Bet, STAKES } from './capital.ts'

/** Of a standard normal variable: four times in five it lies below. */
const FOUR_IN_FIVE = 0.8416

/**
 * About how many more values until the claim is refuted, four times in five, if they go on as these did. `null`: never, by
 * what these show.
 *
 * The logarithm of the capital of one stake grows by steps with mean g and variance s². After N more steps it lies above
 * now + N·g - 0.84·s·√N four times in five (normal approximation), and it has to reach log(1/(error·weight)): a quadratic
 * equation in √N. Of all stakes the one that gets there first counts. As the others add a little and g is taken to be known,
 * this is a guess and not a bound.
 */
export function forecast(values: Float64Array, bet: Bet): number | null {
  const { shares, weights } = bet.stakes ?? STAKES
  let soonest: number | null = null
  for (let index = 0; index < shares.length; index += 1) {
    const { sum, mean, deviation } = logGrowth(values, shares[index]!, bet.target)
    if (!(mean > 0)) continue
    const missing = Math.max(0, -Math.log(bet.error * weights[index]!) - sum)
    const spread = FOUR_IN_FIVE * deviation
    const root = (spread + Math.sqrt(spread * spread + 4 * mean * missing)) / (2 * mean)
    const count = Math.max(1, Math.ceil(root * root))
    if (soonest === null || count < soonest) soonest = count
  }
  return soonest
}

function logGrowth(values: Float64Array, share: number, target: number) {
  let [sum, squares] = [0, 0]
  for (const value of values) {
    const step = Math.log(1 - share + (share / target) * value)
    sum += step
    squares += step * step
  }
  const mean = sum / values.length
  return { sum, mean, deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) }
}
