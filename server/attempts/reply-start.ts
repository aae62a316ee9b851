import type { ChatEvent } from '../core/events.ts'
import type { Exchange } from '../core/exchange.ts'
import type { Target } from '../core/policy.ts'

const MILLISECONDS = 1000

/** What a provider leaves out of a reply's beginning, filled in: clients want an id, a model and a time. */
export function completeStart(event: ChatEvent, exchange: Exchange, target: Target): ChatEvent {
  if (event.type !== 'reply-start' || (event.id && event.model && event.created)) return event
  const { id, model, created } = event
  return {
    ...event,
    id: id || exchange.id,
    model: model || target.model,
    created: created || Math.floor(exchange.epoch / MILLISECONDS),
  }
}
