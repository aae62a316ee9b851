import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent, ReplyStart } from '../../core/events.ts'
import { isObject, type Json, objectOf } from '../members.ts'
import { ChoiceReader } from './choice-reader.ts'
import { errorInside } from './errors.ts'
import { readUsage } from './usage.ts'

/**
 * Top-level members of a reply that say something of it and are neither counts nor the vendor's own business, with
 * Perplexity's `citations` and `search_results`, OpenRouter's `provider` and the sandbox's mark.
 */
export const REPLY_MEMBERS = [
  'service_tier',
  'system_fingerprint',
  'provider',
  'citations',
  'search_results',
  'synthetic',
] as const

/** A unary reply as events. Throws `upstream_invalid_reply`, or the error that stands in the reply's place. */
export function readReply(json: unknown): ChatEvent[] {
  const reply = objectOf(json)
  if (isError(reply)) throw errorInside(reply)
  if (!Array.isArray(reply.choices)) throw invalid('it has no `choices`')
  const events: ChatEvent[] = [replyStart(reply)]
  for (const [position, choice] of reply.choices.entries()) {
    if (!isObject(choice)) throw invalid('one of its `choices` is no object')
    const index = typeof choice.index === 'number' ? choice.index : position
    const reader = new ChoiceReader(index)
    reader.read(objectOf(choice.message), choice.logprobs, events, true)
    reader.finish(typeof choice.finish_reason === 'string' ? choice.finish_reason : null, choice.stop_reason, events)
  }
  const usage = readUsage(reply.usage)
  if (usage) events.push({ type: 'usage', usage })
  return events
}

/** Whether an object is an error, in any of the shapes that `errorInside` reads. */
export function isError(json: Json): boolean {
  return (json.error !== undefined && json.error !== null && json.error !== false) || json.object === 'error'
}

export function replyStart(json: Json): ReplyStart {
  const extra = Object.fromEntries(
    REPLY_MEMBERS.map((name) => [name, json[name]]).filter(([, value]) => value !== undefined && value !== null),
  )
  return {
    type: 'reply-start',
    id: typeof json.id === 'string' ? json.id : '',
    model: typeof json.model === 'string' ? json.model : '',
    created: typeof json.created === 'number' ? json.created : 0,
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  }
}

export function invalid(what: string): GatewayError {
  return new GatewayError('upstream_invalid_reply', `The provider's reply is not an OpenAI chat reply: ${what}.`)
}
