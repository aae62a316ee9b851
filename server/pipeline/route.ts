import type { Caller } from '../core/caller.ts'
import { GatewayError } from '../core/errors.ts'
import type { Exchange, Inbound, Plan } from '../core/exchange.ts'
import type { Policy, RoutePolicy } from '../core/policy.ts'
import type { Strategy } from '../core/ports.ts'
import { factsOf } from './facts.ts'

/** Time-outs of a request that names provider/model: there is no route to set them. */
const DIRECT = {
  strategy: 'direct',
  timeouts: { connectMs: 5000, firstTokenMs: 60_000, unaryHeadMs: null, idleMs: 60_000, totalMs: 600_000 },
  retry: { max: 0, statuses: new Set<number>(), onTimeout: false, onNetwork: false },
  fallbackOnError: false,
}

/**
 * Decides what `model` means for this caller and in which order targets will be tried. Throws `unknown_route`, or
 * `route_forbidden` in the same words whether the route exists or not.
 */
export function planRoute(
  exchange: Exchange,
  caller: Caller,
  inbound: Inbound,
  policy: Policy,
  strategies: ReadonlyMap<string, Strategy>,
): Plan {
  const name = inbound.head.model
  if (caller.routes && !caller.routes.has(name))
    throw new GatewayError('route_forbidden', `This key may not use \`${name}\`.`, { param: 'model' })
  const route = policy.routes.get(name)
  return route ? planOf(route, exchange, caller, inbound, strategies) : planDirect(name, policy)
}

function planOf(
  route: RoutePolicy,
  exchange: Exchange,
  caller: Caller,
  inbound: Inbound,
  strategies: ReadonlyMap<string, Strategy>,
): Plan {
  const facts = route.when.length === 0 ? null : factsOf(caller, inbound)
  const index = facts === null ? -1 : route.when.findIndex((condition) => condition.matches(facts))
  const matched = route.when[index]
  return {
    route: route.name,
    strategy: route.strategy,
    targets: matched ? matched.targets : strategies.get(route.strategy)!.order(route.targets, exchange),
    reason: matched ? `when[${index}] ${matched.text}` : route.strategy,
    timeouts: route.timeouts,
    retry: route.retry,
    fallbackOnError: route.fallbackOnError,
  }
}

function planDirect(name: string, policy: Policy): Plan {
  const slash = name.indexOf('/')
  const provider = slash > 0 ? name.slice(0, slash) : null
  if (provider !== null && policy.directAccess && policy.providers.has(provider) && slash < name.length - 1)
    return {
      ...DIRECT,
      route: name,
      reason: 'direct',
      targets: [{ provider, model: name.slice(slash + 1), weight: 1 }],
    }
  const direct = provider !== null && !policy.directAccess && policy.providers.has(provider)
  throw new GatewayError('unknown_route', `There is no route \`${name}\`.`, {
    param: 'model',
    ...(direct ? { hint: 'Calling provider/model directly needs `direct_access: true` in the config.' } : {}),
  })
}
