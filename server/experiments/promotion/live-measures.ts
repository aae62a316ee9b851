import { costNano, type Exchange, isFromCache } from '../../core/exchange.ts'
import { sameTarget, type Target } from '../../core/target.ts'

/** Whose reply a request was drawn for, and how that went. */
export interface LiveReply {
  arm: 'baseline' | 'candidate'
  measures: Readonly<Record<string, number | null>>
}

const NANO = 1e9

/**
 * What a request tells of the target that it was drawn for, be it answered by another in the end: a reply that had to come
 * from elsewhere is that target's failure. `null`: it tells nothing of either.
 */
export function liveReplyOf(exchange: Exchange, candidate: Target): LiveReply | null {
  const { plan, attempts, error } = exchange
  if (exchange.purpose !== 'live' || plan === null || isFromCache(exchange) || attempts.length === 0) return null
  if (error?.code === 'client_gone') return null
  const first = plan.targets[0]!
  // Only what the lot sent there counts: a condition of the route that names the candidate is no lot.
  const arm = first.why.startsWith('rollout') ? 'candidate' : 'baseline'
  if (arm === 'baseline' && sameTarget(first.target, candidate)) return null
  const own = attempts.find(
    (attempt) => attempt.index === exchange.answeredBy && sameTarget(attempt.target, first.target),
  )
  const isBlocked = error?.code === 'guardrail_blocked'
  if (!own || (error !== null && !isBlocked)) return { arm, measures: { success: 0 } }
  const since = (time: number | null) => (time === null ? null : Math.max(0, time - own.startedAt - own.queuedMs))
  const cost = costNano(exchange)
  const scores = exchange.scores.filter(({ attempt }) => attempt === own.index)
  return {
    arm,
    measures: {
      success: 1,
      guardrail_block: Number(isBlocked),
      ttft: exchange.stream ? since(own.firstTokenAt) : null,
      latency: since(own.endedAt),
      tokens: own.usage?.output ?? null,
      cost: cost === null ? null : cost / NANO,
      ...Object.fromEntries(scores.map(({ evaluator, score }) => [`score:${evaluator}`, score])),
    },
  }
}
