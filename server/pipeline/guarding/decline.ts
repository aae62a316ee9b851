import type { AttemptContext } from '../../attempts/context.ts'
import type { SafeStream } from '../../core/reply.ts'
import { replyOfEvents } from '../caching/kept-reply.ts'
import { Blocked, refusalEvents } from './blocked.ts'

/**
 * What a client gets instead of what was blocked, where its route declines in a reply. Throws the error where the route
 * does not, or the request is no chat.
 */
export function decline(
  thrown: unknown,
  { exchange, inbound, plan }: Pick<AttemptContext, 'exchange' | 'inbound' | 'plan'>,
): SafeStream {
  const guarding = plan.settings.guarding
  if (!(thrown instanceof Blocked) || guarding?.onBlock !== 'refusal' || 'operation' in inbound.dialect) throw thrown
  exchange.answeredBy = null
  return replyOfEvents(refusalEvents(exchange, guarding.refusal), inbound) as SafeStream
}
