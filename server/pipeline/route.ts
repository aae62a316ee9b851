import type { Caller } from '../core/caller.ts'
import { GatewayError } from '../core/errors.ts'
import type { Exchange, Inbound, Plan } from '../core/exchange.ts'
import { DEFAULT_TIMEOUTS, type Policy, type RoutePolicy, splitTarget } from '../core/policy.ts'
import type { Strategy } from '../core/ports.ts'
import { factsOf } from './facts.ts'

/** What a request that names provider/model is given: there is no route to set it. */
const DIRECT = {
  strategy: 'direct',
  timeouts: DEFAULT_TIMEOUTS,
  retry: { max: 0, statuses: new Set<number>(), onTimeout: false, onNetwork: false },
  fallbackOnError: false,
  strictTranslation: false,
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
  const name = routeName(inbound, policy)
  if (caller.routes && !caller.routes.has(name))
    throw new GatewayError('route_forbidden', `This key may not use \`${name}\`.`, { param: 'model' })
  const route = policy.routes.get(name)
  return route ? planOf(route, exchange, caller, inbound, strategies) : planDirect(name, policy)
}

/** Ollama's clients may add the tag that their server takes for granted. */
function routeName({ head, dialect }: Inbound, policy: Policy): string {
  const bare = head.model.replace(/:latest$/, '')
  return dialect.id.startsWith('ollama') && !policy.routes.has(head.model) && policy.routes.has(bare)
    ? bare
    : head.model
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
    strictTranslation: route.strictTranslation,
  }
}

function planDirect(name: string, policy: Policy): Plan {
  const target = splitTarget(name)
  if (target && policy.directAccess && policy.providers.has(target.provider))
    return { ...DIRECT, route: name, reason: 'direct', targets: [{ ...target, weight: 1 }] }
  const namesProvider = name.includes('/') && policy.providers.has(name.slice(0, name.indexOf('/')))
  throw new GatewayError('unknown_route', `There is no route \`${name}\`.`, {
    param: 'model',
    ...(namesProvider && !policy.directAccess
      ? { hint: 'Calling provider/model directly needs `direct_access: true` in the config.' }
      : {}),
  })
}
