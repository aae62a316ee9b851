import { createHash } from 'node:crypto'
import type { Target } from '../core/policy.ts'
import type { Strategy } from '../core/ports.ts'

/**
 * Shares traffic by weight. A session stays with its target: each target draws a number from the hash of session
 * and target, and the greatest wins (weighted rendezvous hashing, score = −weight ÷ ln(draw), Schindelhauer and
 * Schomaker 2005), so that a changed weight moves only the share that it must. Without a session the request's own
 * random id draws. Targets of weight 0 come last, as fallbacks only.
 */
export const weighted: Strategy = {
  id: 'weighted',
  order(targets, exchange) {
    const { caller } = exchange
    const draw = caller?.session ? `${caller.tenant}\0${caller.session}` : exchange.id
    return targets
      .map((target) => ({ target, score: score(target, draw) }))
      .sort((left, right) => right.score - left.score)
      .map(({ target }) => target)
  },
}

function score(target: Target, draw: string): number {
  if (target.weight === 0) return 0
  const digest = createHash('sha256').update(`${draw}\0${target.provider}/${target.model}`).digest()
  const uniform = (digest.readUIntBE(0, 6) + 1) / (2 ** 48 + 1)
  return target.weight / -Math.log(uniform)
}
