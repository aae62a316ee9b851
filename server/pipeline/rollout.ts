import type { Exchange, Plan } from '../core/exchange.ts'
import type { RoutePolicy } from '../core/policy.ts'
import { draw } from '../strategies/draw.ts'

/**
 * The plan with the target of the route's rollout first, for the share of the traffic that is on its way there. What is
 * drawn stays the same while the share grows, and a session stays where it is.
 */
export function rolledOut(
  plan: Plan,
  { name, rollout }: RoutePolicy,
  { id, caller }: Pick<Exchange, 'id' | 'caller'>,
): Plan {
  if (rollout === null || !isDrawn(name, rollout.share, caller?.session ?? id)) return plan
  const { target } = rollout
  const others = plan.targets.filter(
    ({ target: { provider, model } }) => provider !== target.provider || model !== target.model,
  )
  return {
    ...plan,
    targets: [{ target, why: `rollout ${percent(rollout.share)}` }, ...others],
    reason: `rollout · ${plan.reason}`,
  }
}

function isDrawn(route: string, share: number, who: string): boolean {
  return draw(`rollout\0${route}\0${who}`) < share
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
