import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent, ReplyStart } from '../../core/events.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import { errorInside } from '../openai-chat/errors.ts'
import { PartTracker } from '../part-tracker.ts'
import { readFinish } from './finish-reason.ts'
import { ItemReader } from './item-reader.ts'
import { readUsage } from './usage.ts'

/** A whole response as events. Throws `upstream_invalid_reply`, or the error that stands in the reply's place. */
export function readReply(json: unknown): ChatEvent[] {
  const response = objectOf(json)
  const failed = failureOf(response)
  if (failed) throw failed
  if (!Array.isArray(response.output)) throw invalid('it has no `output`')
  const events: ChatEvent[] = [replyStart(response)]
  const tracker = new PartTracker(0)
  for (const [index, item] of objectsOf(response.output).entries())
    new ItemReader(tracker, `item ${index}`).end(item, events)
  return [...events, ...readEnd(response, isCall)]

  function isCall(): boolean {
    return events.some((event) => event.type === 'part-start' && event.kind === 'tool-call')
  }
}

/** The error of a response that failed or was called off; `null` for any other. */
export function failureOf(response: Json): GatewayError | null {
  if (isObject(response.error) || typeof response.error === 'string') return errorInside(response)
  if (response.status !== 'failed' && response.status !== 'cancelled') return null
  return errorInside({ error: { message: `the response is ${response.status}` } })
}

/** `finish` and, where there are counts, `usage`. */
export function readEnd(response: Json, called: () => boolean): ChatEvent[] {
  const usage = readUsage(response.usage)
  return [
    { type: 'finish', choice: 0, ...readFinish(response, called()) },
    ...(usage ? [{ type: 'usage', usage } as const] : []),
  ]
}

export function replyStart({ id, model, created_at, service_tier }: Json): ReplyStart {
  return {
    type: 'reply-start',
    id: typeof id === 'string' ? id : '',
    model: typeof model === 'string' ? model : '',
    created: typeof created_at === 'number' ? Math.floor(created_at) : 0,
    ...(typeof service_tier === 'string' ? { extra: { service_tier } } : {}),
  }
}

export function invalid(what: string): GatewayError {
  return new GatewayError('upstream_invalid_reply', `The provider's reply is not a response of OpenAI's: ${what}.`)
}
