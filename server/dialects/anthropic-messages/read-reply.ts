import type { EventReader } from '../../core/dialect.ts'
import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import { stringOf } from '../loose-json.ts'
import { type Json, objectOf, objectsOf } from '../members.ts'
import { PartTracker } from '../part-tracker.ts'
import { sseReader } from '../sse-reader.ts'
import { errorInside } from './errors.ts'
import { readFinishReason } from './finish-reason.ts'
import { blockReader } from './read-block.ts'
import { mergeUsage, readUsage } from './usage.ts'

/** Members of a message with a place in the canonical events. */
const KNOWN = new Set(['id', 'type', 'role', 'model', 'content', 'stop_reason', 'stop_sequence', 'usage'])

/** A whole reply as events. Throws `upstream_invalid_reply`, or the error that stands in the reply's place. */
export function readReply(json: unknown): ChatEvent[] {
  const message = objectOf(json)
  if (message.type === 'error') throw errorInside(message)
  if (!Array.isArray(message.content)) throw invalid('it has no `content`')
  const events = [replyStart(message)]
  const blocks = blockReader(new PartTracker(0))
  for (const block of objectsOf(message.content)) {
    blocks.start(block, events)
    blocks.stop(events)
  }
  events.push(...ending(message, blocks.calledTools, message.usage))
  return events
}

/** Reads a stream of events: https://platform.claude.com/docs/en/build-with-claude/streaming */
export function eventReader(): EventReader {
  const blocks = blockReader(new PartTracker(0))
  let started = false
  let finished = false
  let failed = false
  let usage: Json = {}

  const start = (message: Json, events: ChatEvent[]) => {
    if (started) return
    started = true
    usage = mergeUsage(usage, message.usage)
    events.push(replyStart(message))
  }
  const finish = (delta: Json, events: ChatEvent[]) => {
    if (finished) return
    finished = true
    start({}, events)
    blocks.stop(events)
    events.push(...ending(delta, blocks.calledTools, usage))
  }
  const readEvent = (event: Json, events: ChatEvent[]) => {
    switch (event.type) {
      case 'message_start':
        return start(objectOf(event.message), events)
      case 'content_block_start':
        start({}, events)
        return blocks.start(objectOf(event.content_block), events)
      case 'content_block_delta':
        return blocks.delta(objectOf(event.delta), events)
      case 'content_block_stop':
        return blocks.stop(events)
      case 'message_delta': {
        const delta = objectOf(event.delta)
        usage = mergeUsage(usage, event.usage)
        if (typeof delta.stop_reason === 'string') finish(delta, events)
        return
      }
      case 'message_stop':
        return finish({}, events)
      case 'ping':
        events.push({ type: 'ping' })
        return
      case 'error':
        failed = true
        events.push({ type: 'error', error: errorInside(event) })
    }
  }
  return sseReader({ read: readEvent, end: () => finished || failed, invalid })
}

function replyStart(message: Json): ChatEvent {
  const extra = Object.entries(message).filter(([name, value]) => !KNOWN.has(name) && value !== null)
  return {
    type: 'reply-start',
    id: stringOf(message.id),
    model: stringOf(message.model),
    created: 0,
    ...(extra.length === 0 ? {} : { extra: Object.fromEntries(extra) }),
  }
}

function ending(said: Json, calledTools: boolean, counts: unknown): ChatEvent[] {
  const raw = typeof said.stop_reason === 'string' ? said.stop_reason : null
  const stop = typeof said.stop_sequence === 'string' ? { stop: said.stop_sequence } : {}
  const reason = readFinishReason(raw, calledTools)
  const usage = readUsage(counts)
  return [{ type: 'finish', choice: 0, reason, raw, ...stop }, ...(usage ? [{ type: 'usage' as const, usage }] : [])]
}

function invalid(what: string): GatewayError {
  return new GatewayError('upstream_invalid_reply', `The provider's reply is not one of Anthropic's Messages: ${what}.`)
}
