import { isWorthFallback } from '../attempts/chain.ts'
import type { AttemptContext } from '../attempts/context.ts'
import { keepsForBadDays } from '../core/cache-policy.ts'
import { GatewayError } from '../core/errors.ts'
import type { ChatEvent } from '../core/events.ts'
import type { Exchange } from '../core/exchange.ts'
import type { Reply } from '../core/reply.ts'
import { replyOfEvents } from './caching/kept-reply.ts'
import type { Visit } from './caching/visit.ts'

/**
 * What a route gives when every target has failed: the last good reply to this very request, marked as stale, or its
 * static text, marked as made up. Throws the failure where the route has neither, or the request itself is at fault.
 */
export function lastResort(context: AttemptContext, visit: Pick<Visit, 'lastGood'>, failure: unknown): Reply {
  const { exchange, inbound, plan } = context
  const { cache, staticReply } = plan.settings
  if (context.cancellation.cancelled || !isTargetsFault(failure)) throw failure
  const lastGood = keepsForBadDays(cache) ? visit.lastGood() : null
  if (lastGood) {
    exchange.lastResort = 'stale'
    return lastGood
  }
  if (staticReply === null || 'operation' in inbound.dialect) throw failure
  exchange.lastResort = 'static'
  return replyOfEvents(staticEvents(exchange, staticReply), inbound)
}

/** The request could have been answered: it is neither at fault nor beyond what the targets offer. */
function isTargetsFault(failure: unknown): boolean {
  if (!(failure instanceof GatewayError)) return false
  if (failure.code === 'deadline_exceeded') return true
  return isWorthFallback(failure) && failure.code !== 'lossy_translation' && failure.code !== 'operation_unsupported'
}

function staticEvents({ id, epoch }: Exchange, text: string): ChatEvent[] {
  return [
    { type: 'reply-start', id, model: 'static', created: Math.floor(epoch / 1000) },
    { type: 'part-start', choice: 0, part: 0, kind: 'text' },
    { type: 'part-delta', choice: 0, part: 0, text },
    { type: 'part-end', choice: 0, part: 0 },
    { type: 'finish', choice: 0, reason: 'stop', raw: null },
  ]
}
