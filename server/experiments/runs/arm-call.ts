import type { DatasetItem } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import type { EvaluatorRule } from '../../core/evaluation.ts'
import type { JudgingPolicy, Policy, RoutePolicy, Target } from '../../core/policy.ts'
import { splitTarget, targetName } from '../../core/policy.ts'
import type { RunArm } from '../../core/run.ts'
import { targetsOf } from '../open-evaluation.ts'

/** What a run goes by, compiled: it was fixed when the run was made. */
export interface RunContext {
  /** The config that ran when the run was made. */
  running: Policy
  /** The config that is tried. */
  proposed: Policy | null
  /** `null`: those of each request's route. */
  rules: readonly EvaluatorRule[] | null
}

/** How one request is answered for one side of a run. */
export interface ArmCall {
  policy: Policy
  /** What the request names as its model. */
  model: string
  /** Called alone; `null`: the route decides. */
  target: Target | null
  /** What of the route's evaluators decides about its reply: they can send it on to another target. */
  judging: JudgingPolicy | null
  /** Everything that may be called for it, the likeliest first. */
  targets: readonly Target[]
}

/** The route that a request was made for, or `provider/model`; `null`: an item of a file, which names none. */
export function routeOf({ facts }: Pick<DatasetItem, 'facts'>): string | null {
  return facts.route ?? null
}

/** Throws `invalid_request` where nothing can answer the request. */
export function callOf(arm: RunArm, item: DatasetItem, context: RunContext): ArmCall {
  const policy = arm.by === 'config' ? context.proposed! : context.running
  if (arm.by === 'target') {
    const target = { provider: arm.provider, model: arm.model, weight: 1 }
    const own = routeOf(item)
    const model = own !== null && policy.routes.has(own) ? own : targetName(target)
    return { policy, model, target, judging: null, targets: [target] }
  }
  const name = arm.route ?? routeOf(item)
  const route = name === null ? undefined : policy.routes.get(name)
  if (!route) throw noRoute(name, arm)
  return {
    policy,
    model: route.name,
    target: null,
    judging: decidingOf(route),
    targets: targetsOf(policy, route.name),
  }
}

/** Those that only watch are asked by the run itself, once. */
function decidingOf({ settings: { judging } }: RoutePolicy): JudgingPolicy | null {
  return judging === null || judging.require.length === 0 ? null : { ...judging, watch: [] }
}

function noRoute(name: string | null, arm: RunArm): GatewayError {
  const where = arm.by === 'config' ? 'the proposed config' : 'the running config'
  if (name === null)
    return new GatewayError('invalid_request', `A request does not say which route it was for.`, {
      param: 'candidate',
      hint: 'Name one: `candidate.route`, beside `candidate.config` for a route of that config.',
    })
  const isDirect = arm.by === 'config' && arm.route === null && splitTarget(name) !== null
  return new GatewayError('invalid_request', `There is no route ${name} in ${where}.`, {
    param: 'candidate',
    ...(isDirect ? { hint: 'These requests named provider/model: say to which route they go, with `route`.' } : {}),
  })
}
