import type { Weights } from './signals.ts'

/** Made by `node test/evaluator-eval/train.ts --write`. */
export const WEIGHTS: Weights = {
  bias: -2.232,
  signals: {
    coverage: 3.592,
    held: 2.493,
    dense: 3.35,
    near: 4.729,
    fits: 2.3,
    suits: 1.085,
    brief: 2.843,
    lacks: 1.564,
    odd: 0.778,
    foreign: 1.5,
    empty: 2,
  },
}
