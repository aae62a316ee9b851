import type { Weights } from './signals.ts'

/** Made by `node test/evaluator-eval/train.ts --write`. */
export const WEIGHTS: Weights = {
  bias: 2.365,
  signals: {
    missing: 1.515,
    weakest: 1.66,
    foreign: 1.888,
    scattered: 0.194,
    small: 1.333,
    personal: 1.064,
    numbers: 3.2,
    names: 2.4,
    flips: 3.2,
    swapped: 3,
  },
}
