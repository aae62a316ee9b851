import { keepsForBadDays } from '../../core/cache-policy.ts'
import { type RouteSettings, targetName } from '../../core/policy.ts'
import type { Explained } from '../../pipeline/explain.ts'
import type { ExplainedTarget, Explanation } from './explain-schemas.ts'

const NANO = 1e9

/** As the API shows it; `now` is `Clock.now()`, `live` whether a running gateway says it. */
export function toExplanation(explained: Explained, now: number, live: boolean): Explanation {
  const { exchange, inbound, plan, conditions, targets } = explained
  const called = targets.find(({ action }) => action === 'call')
  return {
    route: plan.route,
    revision: exchange.revision,
    live,
    surface: exchange.surface,
    dialect: inbound.dialect.id,
    stream: exchange.stream,
    strategy: plan.strategy,
    reason: plan.reason,
    facts: explained.facts,
    conditions: conditions.map((condition, index) => ({
      index,
      ...condition,
      targets: condition.targets.map(targetName),
    })),
    targets: targets.map((target, position) => toTarget(target, position, now)),
    would_call: called ? targetName(called.target) : null,
    settings: settingsOf(explained),
    guardrails: [],
    cache: cacheOf(explained),
    idempotency:
      plan.settings.idempotencyMs === 0
        ? null
        : { lifetime_ms: plan.settings.idempotencyMs, scope: 'tenant, key, endpoint, idempotency-key' },
    budget: { retry_tokens: explained.retryTokens, spend: null },
  }
}

function toTarget(outlook: Explained['targets'][number], position: number, now: number): ExplainedTarget {
  const { target, standing, latency, quality, queue, expectedCost, wire, problem } = outlook
  return {
    provider: target.provider,
    model: target.model,
    position,
    why: outlook.why,
    action: outlook.action,
    standing: outlook.unconfigured ? 'unconfigured' : standing.name,
    until: standing.untilMs === null ? null : new Date(Date.now() + standing.untilMs - now).toISOString(),
    standing_why: standing.why,
    p50_ms: latency.p50Ms,
    p95_ms: latency.p95Ms,
    samples: latency.samples,
    expected_cost_usd: expectedCost === null ? null : expectedCost / NANO,
    score: quality.samples === 0 ? null : quality,
    queue: {
      running: queue.running,
      waiting: queue.waiting,
      limit: queue.limit,
      wait_ms: queue.waitMs,
      max_waiting: queue.maxWaiting,
      max_wait_ms: queue.maxWaitMs,
    },
    dialect: wire?.dialect ?? null,
    passes: wire?.passes ?? false,
    estimated: wire?.estimated ?? false,
    lossy: [...outlook.lossy],
    problem: problem?.message ?? null,
  }
}

function cacheOf({ cache: { mode, passedBy, scope, key, comparable } }: Explained): Explanation['cache'] {
  return {
    mode: mode === 'none' ? 'stale' : mode,
    passed_by: passedBy,
    tenant: scope?.tenant ?? null,
    partition: scope?.partition ?? null,
    namespace: scope?.namespace ?? null,
    key,
    by_likeness: comparable,
  }
}

/** Of the route, but for what the request itself has changed. */
function settingsOf({ route, plan: { settings }, priority, totalMs }: Explained): Record<string, unknown> {
  const { retry, hedge, judging } = settings
  return {
    timeouts: timeoutsOf(settings, totalMs),
    retry: {
      max: retry.max,
      budget: retry.budget,
      on: [...retry.statuses, ...(retry.onTimeout ? ['timeout'] : []), ...(retry.onNetwork ? ['network'] : [])],
    },
    breaker: breakerOf(settings),
    hedge: hedge && (hedge.afterMs === null ? 'p95' : `${hedge.afterMs}ms`),
    fallback: settings.fallbackOnError,
    resume: settings.resumeStreams,
    priority,
    sticky: route?.sticky ?? null,
    quality_bar: route?.quality.bar || null,
    evaluators: judging && {
      require: judging.require.map(({ name }) => name),
      sample: judging.sample,
      hold_streams: judging.holdStreams,
    },
    last_resort: [
      ...(keepsForBadDays(settings.cache) ? ['stale'] : []),
      ...(settings.staticReply === null ? [] : ['static']),
    ],
    translation: settings.strictTranslation ? 'strict' : 'lenient',
  }
}

function timeoutsOf({ timeouts }: RouteSettings, totalMs: number): Record<string, number | null> {
  return {
    connect_ms: timeouts.connectMs,
    first_token_ms: timeouts.firstTokenMs,
    unary_head_ms: timeouts.unaryHeadMs,
    idle_ms: timeouts.idleMs,
    total_ms: totalMs,
  }
}

function breakerOf({ breaker }: RouteSettings): Record<string, number> | null {
  return (
    breaker && {
      failures: breaker.failures,
      error_share: breaker.errorShare,
      window_ms: breaker.windowMs,
      cooldown_ms: breaker.cooldownMs,
    }
  )
}

/** The same with every text in it cleaned, names of members included. */
export function redacted<T>(value: T, redact: (text: string) => string): T {
  const clean = (each: unknown): unknown => {
    if (typeof each === 'string') return redact(each)
    if (Array.isArray(each)) return each.map(clean)
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(Object.entries(each).map(([name, member]) => [redact(name), clean(member)]))
  }
  return clean(value) as T
}
