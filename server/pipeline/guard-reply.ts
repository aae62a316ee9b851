import type { Exchange } from '../core/exchange.ts'
import type { Reply, SafeStream } from '../core/reply.ts'

/** Passes every reply of a request through its route's post-guardrails, be it made now or kept. */
export type GuardReply = (reply: Reply, exchange: Exchange) => SafeStream

/**
 * The one way from a reply to something that can be sent. The config of this version knows no post-guardrails, so
 * every reply passes; a route that has them will be handed on as events.
 */
export function guardReply(reply: Reply): SafeStream {
  return reply as SafeStream
}
