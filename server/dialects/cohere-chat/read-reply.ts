import type { ChatEvent } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import { stringOf } from '../loose-json.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import { PartTracker } from '../part-tracker.ts'
import { readCitation } from './citations.ts'
import { failed, invalid } from './errors.ts'
import { readFinishReason } from './finish-reason.ts'
import { readLogprobs } from './logprobs.ts'
import { readUsage } from './usage.ts'

/** A whole reply as events. Throws `upstream_invalid_reply`, or the failure that the reply tells of. */
export function readReply(json: unknown): ChatEvent[] {
  if (!isObject(json)) throw invalid('it is no JSON object')
  const { message, finish_reason: word } = json
  if (word === 'ERROR') throw failed(json.error)
  if (!isObject(message)) {
    if (typeof message === 'string') throw failed(message)
    throw invalid('it has no `message`')
  }
  const events: ChatEvent[] = [replyStart(json)]
  const tracker = new PartTracker(0)
  if (stringOf(message.tool_plan) !== '')
    tracker.delta(events, { kind: 'reasoning' }, { text: stringOf(message.tool_plan) })
  readContent(message, readLogprobs(json.logprobs), tracker, events)
  const calls = objectsOf(message.tool_calls)
  for (const [index, call] of calls.entries()) {
    const text = stringOf(objectOf(call.function).arguments)
    tracker.delta(events, callOpening(call, index), { text })
  }
  tracker.close(events)
  const raw = typeof word === 'string' ? word : null
  const reason = readFinishReason(raw ?? 'COMPLETE', calls.length > 0)
  events.push({ type: 'finish', choice: 0, reason, raw })
  const usage = readUsage(json.usage)
  if (usage) events.push({ type: 'usage', usage })
  return events
}

/** Content blocks, each with the citations that apply to it. */
function readContent(message: Json, logprobs: Json | undefined, tracker: PartTracker, events: ChatEvent[]): void {
  const { content } = message
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : objectsOf(content)
  const lastText = blocks.findLastIndex(({ type }) => type === 'text')
  let tokens = logprobs
  for (const [index, block] of blocks.entries()) {
    const opening = blockOpening(block, index)
    const text = stringOf(block.text) || stringOf(block.thinking)
    if (opening.kind === 'opaque') tracker.delta(events, opening, { text: '', value: block })
    else if (text !== '') {
      const shown = opening.kind === 'text' && tokens !== undefined
      tracker.delta(events, opening, { text, ...(shown ? { logprobs: tokens } : {}) })
      if (shown) tokens = undefined
    }
    for (const item of objectsOf(message.citations)) {
      const at = typeof item.content_index === 'number' ? item.content_index : lastText
      if (at === index && opening.kind === 'text')
        tracker.delta(events, opening, { text: '', citation: readCitation(item) })
    }
  }
}

/** How a reply begins; Cohere does not repeat the model. */
export function replyStart(json: Json): ChatEvent {
  return { type: 'reply-start', id: stringOf(json.id), model: '', created: 0 }
}

/** What a content block begins with. */
export function blockOpening(block: Json, index: number) {
  const type = block.type ?? (block.thinking === undefined ? 'text' : 'thinking')
  if (type === 'text') return { kind: 'text', key: `text ${index}` } as const
  if (type === 'thinking') return { kind: 'reasoning', key: `thinking ${index}` } as const
  return { kind: 'opaque', key: `block ${index}`, dialect: 'cohere-chat' } as const
}

/** What a tool call begins with. */
export function callOpening(call: Json, index: number) {
  const name = stringOf(objectOf(call.function).name)
  return { kind: 'tool-call', key: `call ${index}`, id: stringOf(call.id) || newToolCallId(), name } as const
}
