import { GatewayError } from '../core/errors.ts'
import type { AttemptReason } from '../core/exchange.ts'
import type { RetryPolicy } from '../core/policy.ts'
import type { AttemptContext } from './context.ts'

const BASE_MS = 200
const LONGEST_MS = 10_000

/**
 * Runs `once` until it succeeds or its error is not worth another try of the same target. Waits as long as the
 * upstream asked for, else by decorrelated jitter (Brooker, "Exponential Backoff And Jitter", 2015); a wait that
 * would pass the deadline is not begun, and no retry is made that the route's budget has no room for.
 */
export async function withRetry<T>(
  context: AttemptContext,
  first: AttemptReason,
  once: (reason: AttemptReason) => Promise<T>,
): Promise<T> {
  const { plan, cancellation, deadline, exchange, deps } = context
  const policy = plan.settings.retry
  let waitMs = BASE_MS
  for (let retry = 0; ; retry += 1) {
    try {
      return await once(retry === 0 ? first : 'retry')
    } catch (error) {
      if (retry >= policy.max || cancellation.cancelled) throw error
      if (!(error instanceof GatewayError) || !isWorthRetry(error, policy)) throw error
      waitMs = Math.min(LONGEST_MS, BASE_MS + Math.random() * (waitMs * 3 - BASE_MS))
      const pause = error.retryAfterMs ?? waitMs
      if (pause > LONGEST_MS || performance.now() + pause >= deadline) throw error
      if (!deps.budgets.of(plan.route, policy.budget).withdraw()) throw error
      const before = performance.now()
      await cancellation.wait(pause)
      exchange.waitedMs += performance.now() - before
      if (cancellation.cancelled) throw error
    }
  }
}

function isWorthRetry(error: GatewayError, policy: RetryPolicy): boolean {
  if (!error.retryable) return false
  switch (error.code) {
    case 'upstream_timeout':
      return policy.onTimeout
    case 'upstream_unreachable':
    case 'upstream_cut':
      return policy.onNetwork
    // It never reached the target: who waits for a place has done so already.
    case 'target_unavailable':
    case 'overloaded':
      return false
    default:
      return policy.statuses.has(error.upstream?.status ?? error.status)
  }
}
