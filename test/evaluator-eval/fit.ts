/** One example of a logistic regression. */
export interface Example {
  signals: readonly number[]
  label: number
  /** How much it counts. */
  weight: number
}

/** `bias` minus the sum of `weights` times signals is the logit of label 1. */
export interface Fitted {
  bias: number
  weights: number[]
}

const STEPS = 1000
const RATE = 0.05
/** Adam (Kingma and Ba 2015). */
const DECAY = { mean: 0.9, square: 0.999 }
const TINY = 1e-8

/**
 * Logistic regression with weights that are kept at or above a floor each (projected gradient), and an L2 penalty. The
 * same every time: all examples in each step, from the floors on.
 */
export function fit(examples: readonly Example[], floors: readonly number[], penalty: number): Fitted {
  const count = floors.length
  // The bias is the last one: the weight of a signal that always speaks for label 1.
  const weights = Float64Array.of(...floors, 0)
  const rows = Float64Array.from(examples.flatMap(({ signals }) => [...signals, -1]))
  const [means, squares] = [new Float64Array(count + 1), new Float64Array(count + 1)]
  for (let step = 1; step <= STEPS; step++) {
    const slopes = slopesOf(examples, rows, weights)
    for (let index = 0; index <= count; index++) {
      const slope = slopes[index]! + (index < count ? penalty * weights[index]! : 0)
      means[index] = DECAY.mean * means[index]! + (1 - DECAY.mean) * slope
      squares[index] = DECAY.square * squares[index]! + (1 - DECAY.square) * slope * slope
      const change =
        (RATE * (means[index]! / (1 - DECAY.mean ** step))) /
        (Math.sqrt(squares[index]! / (1 - DECAY.square ** step)) + TINY)
      weights[index] = Math.max(floors[index] ?? Number.NEGATIVE_INFINITY, weights[index]! - change)
    }
  }
  return { bias: weights[count]!, weights: [...weights.subarray(0, count)] }
}

/** Of the mean loss, by weight. */
function slopesOf(examples: readonly Example[], rows: Float64Array, weights: Float64Array): Float64Array {
  const size = weights.length
  const slopes = new Float64Array(size)
  let all = 0
  examples.forEach(({ label, weight }, at) => {
    let against = 0
    for (let index = 0, place = at * size; index < size; index++, place++) against += weights[index]! * rows[place]!
    const error = (1 / (1 + Math.exp(against)) - label) * weight
    for (let index = 0, place = at * size; index < size; index++, place++) slopes[index]! -= error * rows[place]!
    all += weight
  })
  return slopes.map((slope) => slope / all)
}

/** Weighs examples so that sources count alike, and within each right and wrong ones. */
export function balanced(sources: readonly (readonly { signals: readonly number[]; label: number }[])[]): Example[] {
  return sources.flatMap((examples) => {
    const right = examples.filter(({ label }) => label === 1).length
    return examples.map(({ signals, label }) => ({
      signals,
      label,
      weight: 1 / (label === 1 ? right : examples.length - right),
    }))
  })
}
