import type { EventReader } from '../../core/dialect.ts'
import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import { stringOf } from '../loose-json.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import { type DeltaContent, PartTracker } from '../part-tracker.ts'
import { plainName } from '../safe-names.ts'
import { exceptionInside } from './errors.ts'
import { readFinishReason } from './finish-reason.ts'
import { invalid, MessageBuffer } from './frames.ts'
import { blockReader, ID, isCall, readCitation, stateOf } from './read-block.ts'
import { readUsage } from './usage.ts'

/** Members of a whole reply with a place in the canonical events. */
const KNOWN = new Set(['output', 'stopReason', 'usage', 'metrics'])

/**
 * A whole reply as events. Throws `upstream_invalid_reply`, or the error that stands in the reply's place.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function readReply(json: unknown): ChatEvent[] {
  const reply = objectOf(json)
  if (typeof reply.__type === 'string') throw exceptionInside(reply.__type.replace(/^.*#/, ''), reply)
  const { content } = objectOf(objectOf(reply.output).message)
  if (!Array.isArray(content)) throw invalid('it has no `output.message.content`')
  const extra = Object.entries(reply).filter(([name, value]) => !KNOWN.has(name) && value !== null)
  const events: ChatEvent[] = [{ ...START, ...(extra.length === 0 ? {} : { extra: Object.fromEntries(extra) }) }]
  const tracker = new PartTracker(0)
  let calledTools = false
  for (const block of objectsOf(content)) {
    if (isCall(block.toolUse)) calledTools = true
    readBlock(block, tracker, events)
    tracker.close(events)
  }
  const raw = stringOf(reply.stopReason)
  events.push({ type: 'finish', choice: 0, reason: readFinishReason(raw, calledTools), raw: raw || null })
  const usage = readUsage(reply.usage)
  if (usage) events.push({ type: 'usage', usage })
  return events
}

/** Reads an AWS event stream: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html */
export function eventReader(): EventReader {
  const messages = new MessageBuffer()
  const blocks = blockReader(new PartTracker(0))
  let started = false
  let finished = false
  let failed = false

  const readEvent = (name: string, body: Json, events: ChatEvent[]) => {
    if (!started) {
      started = true
      events.push({ ...START })
    }
    // Behind the end only the counts follow.
    if (finished && name !== 'metadata') return
    const index = typeof body.contentBlockIndex === 'number' ? body.contentBlockIndex : 0
    switch (name) {
      case 'contentBlockStart':
        return blocks.start(index, objectOf(body.start), events)
      case 'contentBlockDelta':
        return blocks.delta(index, objectOf(body.delta), events)
      case 'contentBlockStop':
        return blocks.stop(events)
      case 'messageStop': {
        finished = true
        blocks.stop(events)
        const raw = stringOf(body.stopReason)
        const reason = readFinishReason(raw, blocks.calledTools)
        events.push({ type: 'finish', choice: 0, reason, raw: raw || null })
        return
      }
      case 'metadata': {
        const usage = readUsage(body.usage)
        if (usage) events.push({ type: 'usage', usage })
      }
    }
  }
  return {
    push(chunk) {
      const events: ChatEvent[] = []
      for (const { kind, name, body } of messages.push(chunk)) {
        if (kind === 'event') readEvent(name, body, events)
        else {
          failed = true
          events.push({ type: 'error', error: exceptionInside(name, body) })
        }
      }
      return events
    },
    end() {
      if (!failed && !finished) throw new GatewayError('upstream_cut', 'The reply ended before it was complete.')
      return []
    },
  }
}

/** Converse says neither an id nor the model. */
const START: ChatEvent = { type: 'reply-start', id: '', model: '', created: 0 }

function readBlock(block: Json, tracker: PartTracker, events: ChatEvent[]): void {
  const { text, toolUse, reasoningContent, citationsContent } = block
  if (typeof text === 'string') tracker.delta(events, { kind: 'text' }, { text })
  else if (isCall(toolUse)) {
    const id = stringOf(toolUse.toolUseId) || newToolCallId()
    const name = plainName(stringOf(toolUse.name))
    tracker.delta(events, { kind: 'tool-call', id, name }, { text: JSON.stringify(toolUse.input ?? {}) })
  } else if (isObject(reasoningContent)) tracker.delta(events, { kind: 'reasoning' }, thoughtOf(reasoningContent))
  else if (isObject(citationsContent)) {
    for (const citation of objectsOf(citationsContent.citations))
      tracker.delta(events, { kind: 'text' }, { text: '', citation: readCitation(citation) })
    const texts = objectsOf(citationsContent.content).map((content) => stringOf(content.text))
    tracker.delta(events, { kind: 'text' }, { text: texts.join('') })
  } else tracker.delta(events, { kind: 'opaque', dialect: ID }, { text: '', value: block })
}

function thoughtOf({ reasoningText, redactedContent }: Json): DeltaContent {
  const { text, signature } = objectOf(reasoningText)
  if (stringOf(redactedContent)) return { text: '', state: stateOf({ redacted: redactedContent }) }
  return { text: stringOf(text), ...(stringOf(signature) ? { state: stateOf({ signature }) } : {}) }
}
