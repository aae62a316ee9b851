import type { AttemptContext, AttemptDeps } from '../attempts/context.ts'
import type { Caller } from '../core/caller.ts'
import { Cancellation } from '../core/cancellation.ts'
import { GatewayError } from '../core/errors.ts'
import type { Exchange, Inbound, Plan } from '../core/exchange.ts'
import type { Facts } from '../core/facts.ts'
import type { Finding, Policy, Priority, RoutePolicy, Target } from '../core/policy.ts'
import type { Strategy } from '../core/ports.ts'
import { authenticate } from './authenticate.ts'
import { deadlineOf } from './deadline.ts'
import { type ExplainedCache, explainCache } from './explain-cache.ts'
import { type Action, actionsOf, arranged } from './explain-order.ts'
import { outlookOf, type TargetOutlook } from './explain-target.ts'
import { factsOf, factsRecord } from './facts.ts'
import { priorityOf } from './priority.ts'
import { type Arrival, openExchange, readInbound } from './receive.ts'
import { planRoute } from './route.ts'

/** What a request's way is made of, but for what calls and tells others. */
export interface ExplainDeps extends Omit<AttemptDeps, 'send' | 'observer' | 'evaluation'> {
  policy(): Policy
  strategies: ReadonlyMap<string, Strategy>
}

/** A request that is not made. What is said of the caller stands before what the request says. */
export interface ExplainAsk {
  arrival: Arrival
  caller: Partial<Omit<Caller, 'routes'>>
}

export interface ExplainedCondition {
  text: string
  matched: boolean
  findings: Finding[]
  targets: readonly Target[]
}

export interface Explained {
  exchange: Exchange
  inbound: Inbound
  /** `null` for provider/model. */
  route: RoutePolicy | null
  plan: Plan
  /** Everything that predicates may ask, by path. */
  facts: Readonly<Record<string, unknown>>
  /** The first that matched decided. */
  conditions: ExplainedCondition[]
  /** In the order in which they would be tried. */
  targets: (TargetOutlook & { action: Action })[]
  cache: ExplainedCache
  priority: Priority
  /** Milliseconds for the whole request. */
  totalMs: number
  /** Retries and hedges that the route's budget allows now; `null` for provider/model. */
  retryTokens: number | null
}

/** Nothing is sent and nobody is told. */
const ALONE: Pick<AttemptDeps, 'send' | 'observer' | 'evaluation'> = {
  evaluation: {
    servicesFor() {
      throw new Error('nothing is judged to explain')
    },
    mayAsk: () => false,
    later() {},
  },
  send() {
    throw new GatewayError('internal', 'A request that is only explained was about to be sent.')
  },
  observer: { requestStart() {}, attemptStart() {}, attemptTurn() {}, attemptEnd() {}, scored() {}, requestEnd() {} },
}
const CREDENTIALS = new Set(['authorization', 'x-api-key', 'x-goog-api-key'])

/**
 * What would happen to a request. Calls nobody and changes nothing. Throws what the request would be refused with
 * before any target is tried.
 */
export function explain(deps: ExplainDeps, { arrival, caller: given }: ExplainAsk): Explained {
  const policy = deps.policy()
  const { strategies, signals } = deps
  if (arrival.body.length > policy.server.maxBody)
    throw new GatewayError('body_too_large', `The request body is larger than ${policy.server.maxBody} bytes.`)
  const exchange = openExchange(arrival, policy.revision)
  const said = callerOf(arrival, policy)
  const inbound = readInbound(arrival)
  const { user, metadata, stream } = inbound.head
  const caller = { ...said, user, ...given, metadata: { ...metadata, ...said.metadata, ...given.metadata } }
  exchange.caller = caller
  exchange.stream = stream
  const facts = factsOf(caller, inbound)
  const plan = planRoute({ exchange, caller, inbound, facts, policy, strategies, signals })
  const priority = priorityOf(arrival.headers, plan)
  const deadline = deadlineOf(arrival.headers, plan, exchange.startedAt)
  const cancellation = new Cancellation()
  const context = { deps: { ...deps, ...ALONE }, policy, exchange, inbound, plan, priority, cancellation, deadline }
  const route = policy.routes.get(plan.route) ?? null
  const { tenant, team, key, session } = caller
  return {
    exchange,
    inbound,
    route,
    plan,
    conditions: conditionsOf(route, facts),
    facts: { tenant, team, key, user: caller.user, session, ...factsRecord(caller, inbound) },
    targets: targetsOf(context),
    cache: explainCache(context, arrival.headers),
    priority,
    totalMs: deadline - exchange.startedAt,
    retryTokens: route && deps.budgets.of(plan.route, plan.settings.retry.budget).tokens,
  }
}

/** Who the headers say is asking; nobody is asked for a key here. */
function callerOf({ headers }: Arrival, policy: Policy): Caller {
  const open = Object.fromEntries(Object.entries(headers).filter(([name]) => !CREDENTIALS.has(name)))
  return authenticate(open, '127.0.0.1', { ...policy, anonymous: 'loopback' }, true, () => null)
}

function conditionsOf(route: RoutePolicy | null, facts: Facts): ExplainedCondition[] {
  return (route?.when ?? []).map((condition) => ({
    text: condition.text,
    matched: condition.matches(facts),
    findings: condition.explain(facts),
    targets: condition.targets,
  }))
}

function targetsOf(context: AttemptContext): Explained['targets'] {
  const outlooks = arranged(context).map((ranked) => outlookOf(context, ranked))
  const actions = actionsOf(outlooks, context.plan.settings)
  return outlooks.map((outlook, index) => ({ ...outlook, action: actions[index]! }))
}
