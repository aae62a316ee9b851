import { type Target, targetName } from '../core/policy.ts'
import type { RoutingQuestion, Strategy } from '../core/ports.ts'
import { draw } from './draw.ts'

/**
 * Shares traffic by weight. Who has the same key stays with the same target: each target draws a number from the hash
 * of key and target, and the greatest wins (weighted rendezvous hashing, score = −weight ÷ ln(draw), Schindelhauer and
 * Schomaker 2005), so that a changed weight moves only the share that it must. Targets of weight 0 come last, as
 * fallbacks only.
 */
export const weighted: Strategy = {
  id: 'weighted',
  order(question) {
    const { targets } = question
    const { key, by } = stickyKey(question)
    const total = Number(targets.reduce((sum, { weight }) => sum + weight, 0).toPrecision(6))
    return targets
      .map((target) => ({ target, score: score(target, key) }))
      .sort((left, right) => right.score - left.score)
      .map(({ target }) => ({
        target,
        why: target.weight === 0 ? 'weight 0: a fallback only' : `weight ${target.weight} of ${total}, ${by}`,
      }))
  },
}

/** What draws: under `session` a caller without a session is known by the user, and else nothing keeps it in place. */
function stickyKey({ route, exchange }: RoutingQuestion): { key: string; by: string } {
  const { tenant = '', session = null, user = null } = exchange.caller ?? {}
  if (route.sticky === 'tenant') return { key: tenant, by: 'sticky by tenant' }
  if (route.sticky === 'session' && session) return { key: `${tenant}\0${session}`, by: 'sticky by session' }
  if (route.sticky !== 'none' && user) return { key: `${tenant}\0${user}`, by: 'sticky by user' }
  return { key: `${tenant}\0${exchange.id}`, by: 'drawn for this request' }
}

function score(target: Target, key: string): number {
  return target.weight === 0 ? 0 : target.weight / -Math.log(draw(`${key}\0${targetName(target)}`))
}
