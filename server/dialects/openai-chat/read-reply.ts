import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import type { EventReader } from '../../core/ports.ts'
import { ChoiceTrackers, type PartTracker } from '../part-tracker.ts'
import { FrameBuffer, splitFrames } from '../sse.ts'
import { errorInside } from './errors.ts'
import { readFinishReason } from './finish-reason.ts'
import { readUsage } from './usage.ts'

type Json = Record<string, unknown>

interface ToolCallDelta {
  index?: number
  id?: string
  function?: { name?: string; arguments?: string }
}

/** A unary reply as events. Throws `upstream_invalid_reply`, or the error that stands in the reply's place. */
export function readReply(json: unknown): ChatEvent[] {
  const reply = json as Json | null
  if (reply?.error) throw errorInside(reply)
  if (!Array.isArray(reply?.choices)) throw invalid('it has no `choices`')
  const events = [replyStart(reply)]
  const trackers = new ChoiceTrackers()
  for (const [position, choice] of (reply.choices as Json[]).entries()) {
    const index = typeof choice.index === 'number' ? choice.index : position
    readDelta((choice.message ?? {}) as Json, choice.logprobs, trackers.of(index), events)
    trackers.of(index).close(events)
    if (typeof choice.finish_reason === 'string') events.push(finish(index, choice.finish_reason))
  }
  const usage = readUsage(reply.usage)
  if (usage) events.push({ type: 'usage', usage })
  return events
}

/** Reads a stream of chunks. */
export function eventReader(): EventReader {
  const frames = new FrameBuffer()
  const trackers = new ChoiceTrackers()
  let started = false
  let complete = false

  const readFrame = (data: string, events: ChatEvent[]) => {
    if (data === '[DONE]') {
      complete = true
      return
    }
    const chunk = parse(data)
    if (chunk.error) {
      events.push({ type: 'error', error: errorInside(chunk) })
      return
    }
    if (!started) {
      started = true
      events.push(replyStart(chunk))
    }
    for (const choice of (Array.isArray(chunk.choices) ? chunk.choices : []) as Json[]) {
      const index = typeof choice.index === 'number' ? choice.index : 0
      readDelta((choice.delta ?? {}) as Json, choice.logprobs, trackers.of(index), events)
      if (typeof choice.finish_reason !== 'string') continue
      trackers.of(index).close(events)
      events.push(finish(index, choice.finish_reason))
      complete = true
    }
    const usage = readUsage(chunk.usage) ?? readUsage((chunk.x_groq as Json | undefined)?.usage)
    if (usage) events.push({ type: 'usage', usage })
  }
  const readFrames = (bytes: Buffer): ChatEvent[] => {
    const events: ChatEvent[] = []
    for (const { data } of splitFrames(bytes)) if (data !== null) readFrame(data, events)
    return events
  }
  return {
    push(chunk) {
      const whole = frames.push(chunk)
      return whole === null ? [] : readFrames(whole)
    },
    end() {
      const rest = frames.takeRest()
      const events = rest === null || rest.toString().trim() === '' ? [] : readFrames(rest)
      if (!complete) throw new GatewayError('upstream_cut', 'The reply ended before it was complete.')
      trackers.closeAll(events)
      return events
    },
  }
}

function replyStart(json: Json): ChatEvent {
  const { id, model, created, choices: _, usage: __, object: ___, ...extra } = json
  return {
    type: 'reply-start',
    id: String(id ?? ''),
    model: String(model ?? ''),
    created: typeof created === 'number' ? created : 0,
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  }
}

function finish(choice: number, word: string): ChatEvent {
  return { type: 'finish', choice, reason: readFinishReason(word), raw: word }
}

/** A message or a delta: both have the same members. */
function readDelta(delta: Json, logprobs: unknown, tracker: PartTracker, events: ChatEvent[]): void {
  const reasoning = delta.reasoning_content ?? delta.reasoning
  if (typeof reasoning === 'string' && reasoning !== '')
    tracker.delta(events, { kind: 'reasoning' }, { text: reasoning })
  if (typeof delta.content === 'string' && delta.content !== '')
    tracker.delta(events, { kind: 'text' }, { text: delta.content, ...(logprobs ? { logprobs } : {}) })
  else if (Array.isArray(delta.content))
    for (const part of delta.content as Json[]) readContentPart(part, tracker, events)
  if (typeof delta.refusal === 'string' && delta.refusal !== '')
    tracker.delta(events, { kind: 'refusal' }, { text: delta.refusal })
  for (const [position, call] of ((delta.tool_calls ?? []) as ToolCallDelta[]).entries()) {
    const key = `tool-call ${call.index ?? position}`
    const { name, arguments: text = '' } = call.function ?? {}
    const naming = { ...(call.id ? { id: call.id } : {}), ...(name ? { name } : {}) }
    tracker.delta(events, { kind: 'tool-call', key, ...naming }, { text })
  }
}

/** Mistral's typed content: `text` and `thinking` (https://docs.mistral.ai/capabilities/reasoning). */
function readContentPart(part: Json, tracker: PartTracker, events: ChatEvent[]): void {
  if (part.type === 'text') tracker.delta(events, { kind: 'text' }, { text: String(part.text ?? '') })
  else if (part.type === 'thinking' && Array.isArray(part.thinking))
    for (const piece of part.thinking as Json[])
      tracker.delta(events, { kind: 'reasoning' }, { text: String(piece.text ?? '') })
  else tracker.delta(events, { kind: 'opaque' }, { text: '', value: part })
}

function parse(data: string): Json {
  try {
    const json: unknown = JSON.parse(data)
    if (typeof json === 'object' && json !== null) return json as Json
  } catch {
    // Falls through to the same answer as any other chunk that is no object.
  }
  throw invalid(`a chunk is not a JSON object: ${data.slice(0, 80)}`)
}

function invalid(what: string): GatewayError {
  return new GatewayError('upstream_invalid_reply', `The provider's reply is not an OpenAI chat reply: ${what}.`)
}
