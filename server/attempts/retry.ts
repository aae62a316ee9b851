import { GatewayError } from '../core/errors.ts'
import type { RetryPolicy } from '../core/policy.ts'
import type { AttemptContext } from './context.ts'

const BASE_MS = 200
const LONGEST_MS = 10_000

/**
 * Runs `once` until it succeeds or its error is not worth another try of the same target. Waits as long as the
 * upstream asked for, else by decorrelated jitter (Brooker, "Exponential Backoff And Jitter", 2015); a wait that
 * would pass the deadline is not begun.
 */
export async function withRetry<T>(context: AttemptContext, once: (retry: number) => Promise<T>): Promise<T> {
  let waitMs = BASE_MS
  for (let retry = 0; ; retry += 1) {
    try {
      return await once(retry)
    } catch (error) {
      const { plan, cancellation, deadline, exchange } = context
      if (retry >= plan.retry.max || cancellation.cancelled) throw error
      if (!(error instanceof GatewayError) || !isWorthRetry(error, plan.retry)) throw error
      waitMs = Math.min(LONGEST_MS, BASE_MS + Math.random() * (waitMs * 3 - BASE_MS))
      const pause = error.retryAfterMs ?? waitMs
      if (pause > LONGEST_MS || performance.now() + pause >= deadline) throw error
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
    default:
      return policy.statuses.has(error.upstream?.status ?? error.status)
  }
}
