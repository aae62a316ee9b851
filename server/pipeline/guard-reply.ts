import type { Reply, SafeStream } from '../core/reply.ts'

/**
 * The one way from a reply to something that can be sent. The config of this version knows no post-guardrails, so
 * every reply passes; a route that has them will be handed on as events.
 */
export function guardReply(reply: Reply): SafeStream {
  return reply as SafeStream
}
