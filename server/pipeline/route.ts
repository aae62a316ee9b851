import type { Caller } from '../core/caller.ts'
import { GatewayError } from '../core/errors.ts'
import { type Exchange, estimatePromptTokens, type Inbound, type Plan } from '../core/exchange.ts'
import type { Facts } from '../core/facts.ts'
import {
  DEFAULT_SETTINGS,
  type Policy,
  type Ranked,
  type RoutePolicy,
  type RouteSettings,
  splitTarget,
  type Target,
} from '../core/policy.ts'
import type { Strategy } from '../core/ports.ts'
import type { Signals } from '../core/signals.ts'
import { rolledOut } from './rollout.ts'

/** A request that names provider/model is given nothing that a route would have to say, and no circuit breaker. */
export const DIRECT: RouteSettings = { ...DEFAULT_SETTINGS, breaker: null, fallbackOnError: false }

/** What a route decides with. */
export interface PlanAsk {
  exchange: Pick<Exchange, 'id' | 'caller' | 'stream'>
  facts: Facts
  /** Estimated. */
  promptTokens: number
  policy: Policy
  strategies: ReadonlyMap<string, Strategy>
  signals: Signals
}

/** One request, and what its route is decided with. */
export interface RouteAsk extends Omit<PlanAsk, 'promptTokens'> {
  caller: Caller
  inbound: Inbound
}

/**
 * Decides what `model` means for this caller and in which order targets will be tried. Throws `unknown_route`, or
 * `route_forbidden` in the same words whether the route exists or not.
 */
export function planRoute(ask: RouteAsk): Plan {
  const { caller, inbound, policy } = ask
  const name = routeName(inbound.head.model, inbound.dialect.id.startsWith('ollama'), policy)
  if (caller.routes && !caller.routes.has(name))
    throw new GatewayError('route_forbidden', `This key may not use \`${name}\`.`, { param: 'model' })
  return planNamed(name, { ...ask, promptTokens: estimatePromptTokens(inbound) })
}

/** Ollama's clients may add the tag that their server takes for granted. */
export function routeName(model: string, ollama: boolean, { routes }: Policy): string {
  const bare = model.replace(/:latest$/, '')
  return ollama && !routes.has(model) && routes.has(bare) ? bare : model
}

/** What a name decides for one request, be it a route's or provider/model. Throws `unknown_route`. */
export function planNamed(name: string, ask: PlanAsk): Plan {
  const route = ask.policy.routes.get(name)
  return route ? planOf(route, ask) : planDirect(name, ask.policy)
}

/** What a route decides for one request: the first condition that holds, else its strategy. */
function planOf(route: RoutePolicy, ask: PlanAsk): Plan {
  const index = route.when.findIndex((condition) => condition.matches(ask.facts))
  const matched = route.when[index]
  const targets = matched
    ? matched.targets.map((target) => ({ target, why: `when[${index}]` }))
    : orderTargets(route, ask)
  const { settings } = route
  const plan = {
    route: route.name,
    strategy: route.strategy,
    targets: withEscalation(targets, settings.judging?.escalateTo ?? null),
    reason: matched ? `when[${index}] ${matched.text}` : route.strategy,
    settings,
  }
  return rolledOut(plan, route, ask.exchange)
}

function orderTargets(route: RoutePolicy, { exchange, promptTokens, strategies, signals }: PlanAsk): Ranked[] {
  return strategies.get(route.strategy)!.order({ route, targets: route.targets, exchange, promptTokens, signals })
}

/** A reply that fails its evaluators goes there in the end. */
function withEscalation(targets: Ranked[], escalateTo: Target | null): Ranked[] {
  const isThere = ({ target }: Ranked) => target.provider === escalateTo?.provider && target.model === escalateTo.model
  if (escalateTo === null || targets.some(isThere)) return targets
  return [...targets, { target: escalateTo, why: 'escalate_to' }]
}

function planDirect(name: string, policy: Policy): Plan {
  const target = splitTarget(name)
  if (target && policy.directAccess && policy.providers.has(target.provider)) {
    const targets = [{ target: { ...target, weight: 1 }, why: 'named by the request' }]
    return {
      route: name,
      strategy: 'direct',
      reason: 'direct',
      targets,
      settings: { ...DIRECT, guarding: policy.directGuarding },
    }
  }
  const namesProvider = name.includes('/') && policy.providers.has(name.slice(0, name.indexOf('/')))
  throw new GatewayError('unknown_route', `There is no route \`${name}\`.`, {
    param: 'model',
    ...(namesProvider && !policy.directAccess
      ? { hint: 'Calling provider/model directly needs `direct_access: true` in the config.' }
      : {}),
  })
}
