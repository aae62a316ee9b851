import { GatewayError } from '../core/errors.ts'
import type { AttemptReason } from '../core/exchange.ts'
import type { Target } from '../core/policy.ts'
import type { Reply } from '../core/reply.ts'
import { sameTarget } from '../core/target.ts'
import type { AttemptContext } from './context.ts'
import { groupTargets } from './group-targets.ts'
import { runHedged } from './hedge.ts'
import { type Judged, judge, judgeLater } from './judge.ts'
import { resumable } from './resume.ts'
import { withRetry } from './retry.ts'

/** What came of trying targets: the best reply so far, or the failure to tell. */
interface Outcome {
  best: Judged | null
  failure: GatewayError | null
}

/**
 * Tries the plan's targets in order, each with its retries and its hedge, and returns the first reply that reaches its
 * commit point and passes the route's evaluators. When none passes, that of `escalate_to`, else the best of those that
 * came, of equals the later one. When none came, those
 * that only their breakers spare are called after all, if most of their latest calls went well: a breaker is there to
 * prefer others, not to make an outage of a bad hour. Throws the last target's error when none came at all.
 */
export async function runChain(context: AttemptContext): Promise<Reply> {
  const { plan, exchange, deps } = context
  deps.budgets.of(plan.route, plan.settings.retry.budget).deposit()
  let left = arrange(context)
  let { best, failure } = await tryTargets(context, left, firstReason(context, left[0]!))
  if (best === null) {
    left = lastChances(context, failure)
    if (left.length > 0) ({ best, failure } = await tryTargets({ ...context, despiteBreakers: true }, left, 'fallback'))
  }
  if (best === null) throw exchange.attempts.length === 0 ? nobodyLeft(context, failure) : failure!
  exchange.answeredBy = best.answer.attempt.index
  return judgeLater(context, { ...best.answer, reply: resumable(context, best.answer, left) })
}

/** Takes targets out of the list until one has answered and passed. */
async function tryTargets(context: AttemptContext, left: Target[], first: AttemptReason): Promise<Outcome> {
  const { cancellation, plan } = context
  const escalateTo = plan.settings.judging?.escalateTo ?? null
  let next = first
  let failure: GatewayError | null = null
  let best: Judged | null = null
  for (let target = left.shift(); target; target = left.shift()) {
    const reason = next
    try {
      const answer = await withRetry(context, reason, (again) => runHedged(context, target!, again, left))
      const judged = await judge(context, answer)
      const isLastWord = escalateTo !== null && sameTarget(target, escalateTo)
      if (judged.passed || isLastWord || best === null || judged.score >= best.score) best = judged
      if (judged.passed) break
      next = 'escalation'
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      if (failure === null || error.code !== 'target_unavailable') failure = error
      if (best === null) next = 'fallback'
      if (cancellation.cancelled || !plan.settings.fallbackOnError || !isWorthFallback(error)) break
    }
  }
  return { best, failure }
}

/** Targets that were passed over and are still better than an error. */
function lastChances({ plan, deps, exchange, cancellation }: AttemptContext, failure: GatewayError | null): Target[] {
  const { breaker, fallbackOnError } = plan.settings
  if (cancellation.cancelled || !isWorthFallback(failure)) return []
  if (!fallbackOnError && exchange.attempts.length > 0) return []
  const passedOver = new Set(exchange.skipped.map(({ target }) => target))
  const chances = [...passedOver].filter((target) => deps.gate.standing(target, breaker).lastChance)
  return fallbackOnError ? chances : chances.slice(0, 1)
}

/** The targets in the order in which they are tried; who is put off for cooling is noted as passed over. */
function arrange(context: AttemptContext): Target[] {
  const { ready, cooling, failed } = groupTargets(context)
  if (ready.length > 0) for (const { target } of cooling) context.exchange.skipped.push({ target, why: 'cooling' })
  return [...ready, ...cooling, ...failed].map(({ target }) => target)
}

/** Why the first attempt is not made at the plan's first target. */
function firstReason({ plan, exchange, because }: AttemptContext, target: Target): AttemptReason {
  if (because !== undefined) return because
  const first = plan.targets[0]!.target
  if (target === first) return 'first'
  return exchange.skipped.some((skipped) => skipped.target === first) ? 'fallback' : 'escalation'
}

/** Every target was passed over. */
function nobodyLeft({ plan, exchange }: AttemptContext, failure: GatewayError | null): GatewayError {
  const reasons = exchange.skipped.map(({ target, why }) => `${target.provider}/${target.model} is ${why}`).join('; ')
  const retryAfterMs = failure?.retryAfterMs ?? null
  return new GatewayError('target_unavailable', `No target of \`${plan.route}\` can be called now: ${reasons}.`, {
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  })
}

/**
 * Another target can help unless the request itself is at fault. A missing model, an empty account and a bad key
 * are this target's own trouble.
 */
export function isWorthFallback(error: unknown): boolean {
  if (!(error instanceof GatewayError)) return false
  switch (error.code) {
    case 'deadline_exceeded':
    case 'client_gone':
    case 'superseded':
    case 'internal':
      return false
    case 'upstream_rejected':
      return [404, 410].includes(error.upstream?.status ?? 0)
    default:
      return true
  }
}
