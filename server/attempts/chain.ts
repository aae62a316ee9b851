import { GatewayError } from '../core/errors.ts'
import type { Reply } from '../core/reply.ts'
import { runAttempt } from './attempt.ts'
import type { AttemptContext } from './context.ts'
import { withRetry } from './retry.ts'

/**
 * Tries the plan's targets in order, each with its retries, and returns the first reply that reaches its commit
 * point. Throws the last target's error when none does.
 */
export async function runChain(context: AttemptContext): Promise<Reply> {
  const { plan, cancellation } = context
  let last: unknown
  for (const [position, target] of plan.targets.entries()) {
    try {
      return await withRetry(context, (retry) => runAttempt(context, target, reasonOf(position, retry)))
    } catch (error) {
      last = error
      if (cancellation.cancelled || !plan.fallbackOnError || !isWorthFallback(error)) throw error
    }
  }
  throw last
}

function reasonOf(position: number, retry: number) {
  if (retry > 0) return 'retry' as const
  return position === 0 ? ('first' as const) : ('fallback' as const)
}

/**
 * Another target can help unless the request itself is at fault. A missing model, an empty account and a bad key
 * are this target's own trouble.
 */
function isWorthFallback(error: unknown): boolean {
  if (!(error instanceof GatewayError)) return false
  switch (error.code) {
    case 'deadline_exceeded':
    case 'client_gone':
    case 'internal':
      return false
    case 'upstream_rejected':
      return [404, 410].includes(error.upstream?.status ?? 0)
    default:
      return true
  }
}
