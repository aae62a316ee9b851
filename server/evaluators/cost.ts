import type { EvaluatorKind } from '../core/evaluation.ts'
import { limitScore } from './limit.ts'

const NANO = 1e9

/** What the reply cost, by the catalogue's price or by the time of one's own machine. */
export const cost: EvaluatorKind = {
  id: 'cost',
  description: 'The reply cost no more than it may.',
  options: { max_usd: 'the most dollars that one reply may cost' },
  create({ max_usd: maxUsd }) {
    if (typeof maxUsd !== 'number' || !(maxUsd > 0) || maxUsd === Infinity)
      throw new TypeError('`max_usd` must be a number of dollars above 0')
    return {
      kind: 'cost',
      cost: 'process',
      score({ measured: { costNano } }) {
        if (costNano === null) return null
        const limit = { name: 'cost', measured: costNano, max: maxUsd * NANO }
        const share = Math.round((limit.measured / limit.max) * 100)
        return {
          score: limitScore(limit),
          passed: limit.measured <= limit.max,
          reason: `The reply cost ${share} % of what it may cost.`,
        }
      },
    }
  },
}
