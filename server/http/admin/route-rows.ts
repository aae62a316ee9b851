import { keepsForBadDays } from '../../core/cache-policy.ts'
import { type Policy, type RoutePolicy, type RouteSettings, type Target, targetName } from '../../core/policy.ts'
import type { RouteCount } from '../../telemetry/route-traffic.ts'
import type { AdminDeps } from '../context.ts'
import type { RouteRow, TargetRow } from './route-schemas.ts'

/** Prompt tokens of the request that an expected cost is told for. */
const USUAL_PROMPT = 1000

/** One route as it stands now. */
export function toRouteRow(route: RoutePolicy, policy: Policy, deps: AdminDeps): RouteRow {
  const { name, strategy, when, targets, rollout, settings } = route
  const count = deps.routeTraffic.read(name)
  const attempts = [...count.targets.values()].reduce((sum, target) => sum + target.attempts, 0)
  const row = (target: Target, place: Partial<Pick<TargetRow, 'condition' | 'escalation'>> = {}) => ({
    condition: null,
    escalation: false,
    ...place,
    ...standingOf(target, settings, policy, deps),
    ...figuresOf(target, name, count, attempts, deps),
  })
  const escalation = settings.judging?.escalateTo ?? null
  return {
    name,
    strategy,
    when: when.map((condition) => ({ text: condition.text, targets: condition.targets.map(targetName) })),
    settings: settingsOf(route, deps),
    requests: count.requests,
    failed: count.failed,
    attempts,
    rollout: rollout && { target: targetName(rollout.target), share: rollout.share },
    targets: [
      ...targets.map((target) => row(target)),
      ...when.flatMap((condition, index) => condition.targets.map((target) => row(target, { condition: index }))),
      ...(escalation ? [row(escalation, { escalation: true })] : []),
    ],
  }
}

function settingsOf(route: RoutePolicy, deps: AdminDeps): RouteRow['settings'] {
  const { settings } = route
  const { retry, hedge, breaker, judging } = settings
  return {
    retry_max: retry.max,
    retry_budget: retry.budget,
    retries_left: deps.retriesLeft(route),
    hedge: hedge && (hedge.afterMs === null ? 'p95' : `${hedge.afterMs}ms`),
    fallback: settings.fallbackOnError,
    resume: settings.resumeStreams,
    priority: settings.priority,
    breaker: breaker && {
      failures: breaker.failures,
      error_share: breaker.errorShare,
      cooldown_ms: breaker.cooldownMs,
    },
    evaluators: [...(judging?.require ?? []), ...(judging?.watch ?? [])].map(({ name }) => name),
    last_resort: [
      ...(keepsForBadDays(settings.cache) ? (['stale'] as const) : []),
      ...(settings.staticReply === null ? [] : (['static'] as const)),
    ],
  }
}

/** May it be called, and how many wait for its provider. */
function standingOf(
  target: Target,
  { breaker }: RouteSettings,
  policy: Policy,
  { gate, queues }: AdminDeps,
): Pick<TargetRow, 'standing' | 'until' | 'why' | 'drained' | 'queue'> {
  const provider = policy.providers.get(target.provider)!
  const standing = gate.standing(target, breaker)
  const { running, waiting, limit } = queues.of(provider).status
  return {
    standing: provider.problem === null ? standing.name : 'unconfigured',
    until: standing.untilMs === null ? null : new Date(Date.now() + standing.untilMs - performance.now()).toISOString(),
    why: provider.problem ?? standing.why,
    drained: drainOf(target, gate.drains()),
    queue: { running, waiting, limit },
  }
}

function drainOf(target: Target, drains: ReturnType<AdminDeps['gate']['drains']>): TargetRow['drained'] {
  const own = [...drains].filter(({ provider }) => provider === target.provider)
  if (own.some(({ model }) => model === null)) return 'provider'
  return own.some(({ model }) => model === target.model) ? 'model' : null
}

function figuresOf(
  target: Target,
  route: string,
  { targets }: RouteCount,
  attemptsOfRoute: number,
  { signals }: AdminDeps,
): Omit<TargetRow, 'condition' | 'escalation' | 'standing' | 'until' | 'why' | 'drained' | 'queue'> {
  const { attempts, errors } = targets.get(targetName(target)) ?? { attempts: 0, errors: 0 }
  const whole = signals.latency(target, false)
  const cost = signals.expectedCostNano(target, USUAL_PROMPT)
  const score = signals.quality(route, target)
  return {
    ...target,
    share: attemptsOfRoute === 0 ? null : attempts / attemptsOfRoute,
    attempts,
    errors,
    p50_ms: whole.p50Ms,
    p95_ms: whole.p95Ms,
    ttft_p95_ms: signals.latency(target, true).p95Ms,
    in_flight: signals.inFlight(target),
    expected_cost_usd: cost === null ? null : cost / 1e9,
    score: score.samples === 0 ? null : score,
  }
}
