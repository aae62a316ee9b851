import { BUCKETS } from '../../server/guardrails/injection/hash.ts'
import { scaleOf } from '../../server/guardrails/injection/windows.ts'
import type { Random } from '../cache-eval/random.ts'
import type { Corpus, Window } from './corpus.ts'

export interface Example {
  window: Window
  label: 0 | 1
  weight: number
}

const RATE = 0.2
const DECAY = 2e-6

/** Sparse logistic regression by AdaGrad (Duchi, Hazan, Singer 2011), with an L2 penalty on what is touched. */
export class Regression {
  readonly weights = new Float32Array(BUCKETS)
  readonly #squares = new Float32Array(BUCKETS).fill(1e-3)
  bias = 0
  #biasSquares = 1e-3

  /** One pass over the examples, in an order drawn anew. */
  pass(corpus: Corpus, examples: readonly Example[], random: Random): void {
    const order = shuffled(examples.length, random)
    for (const index of order) this.#learn(corpus.buckets, examples[index]!)
  }

  score({ buckets }: Corpus, { from, to, lengthBucket }: Window): number {
    let sum = 0
    for (let at = from; at < to; at++) sum += this.weights[buckets[at]!]!
    return this.bias + this.weights[lengthBucket]! + sum * scaleOf(to - from)
  }

  #learn(buckets: Int32Array, { window, label, weight }: Example): void {
    const { from, to, lengthBucket } = window
    const { weights } = this
    const squares = this.#squares
    const scale = scaleOf(to - from)
    let sum = 0
    for (let at = from; at < to; at++) sum += weights[buckets[at]!]!
    const logit = this.bias + weights[lengthBucket]! + sum * scale
    const slope = (1 / (1 + Math.exp(-logit)) - label) * weight
    this.#biasSquares += slope * slope
    this.bias -= (RATE * slope) / Math.sqrt(this.#biasSquares)
    squares[lengthBucket]! += slope * slope
    weights[lengthBucket]! -= (RATE * slope) / Math.sqrt(squares[lengthBucket]!)
    if (Math.abs(slope) < 1e-4) return
    const step = slope * scale
    const square = step * step
    for (let at = from; at < to; at++) {
      const bucket = buckets[at]!
      squares[bucket]! += square
      weights[bucket]! -= RATE * (step / Math.sqrt(squares[bucket]!) + DECAY * weights[bucket]!)
    }
  }
}

function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index)
  for (let left = count; left > 1; left--) {
    const other = random.below(left)
    const kept = order[left - 1]!
    order[left - 1] = order[other]!
    order[other] = kept
  }
  return order
}
