import type { ChatEvent } from '../../core/events.ts'
import { stringOf } from '../loose-json.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import type { PartOpening, PartTracker } from '../part-tracker.ts'
import { readCitation } from './citations.ts'
import { failed } from './errors.ts'
import { readFinishReason } from './finish-reason.ts'
import { readLogprobs } from './logprobs.ts'
import { blockOpening, callOpening, replyStart } from './read-reply.ts'
import { readUsage } from './usage.ts'

export interface StreamState {
  tracker: PartTracker
  /** What content blocks and tool calls began with, by their index; their deltas do not repeat it. */
  openings: Map<string, PartOpening>
  started: boolean
  calledTools: boolean
  complete: boolean
  failed: boolean
}

/** One typed event as canonical ones; those without a meaning there, or that are not known, have none. */
export function readStreamEvent(event: Json, state: StreamState, events: ChatEvent[]): void {
  const index = typeof event.index === 'number' ? event.index : 0
  const delta = objectOf(event.delta)
  const message = objectOf(delta.message)
  if (!state.started && event.type !== undefined) events.push(replyStart(event))
  state.started ||= event.type !== undefined
  switch (event.type) {
    case 'content-start':
    case 'content-delta':
      readBlock(event, only(message.content), index, state, events)
      break
    case 'tool-plan-delta':
      if (stringOf(message.tool_plan) !== '')
        state.tracker.delta(events, { kind: 'reasoning' }, { text: stringOf(message.tool_plan) })
      break
    case 'tool-call-start':
    case 'tool-call-delta':
      readCall(event, only(message.tool_calls), index, state, events)
      break
    case 'citation-start': {
      const key = state.tracker.openKey?.startsWith('text') ? state.tracker.openKey : 'text'
      const citation = readCitation(only(message.citations))
      state.tracker.delta(events, { kind: 'text', key }, { text: '', citation })
      break
    }
    case 'message-end':
      readEnd(delta, state, events)
      break
    case undefined:
      // What goes wrong after 200 comes in the shape of Cohere's error bodies.
      if (typeof event.message === 'string' || event.error) fail(event.message ?? event.error, state, events)
  }
}

function readBlock(event: Json, block: Json, index: number, state: StreamState, events: ChatEvent[]): void {
  const key = `block ${index}`
  const known = event.type === 'content-delta' ? state.openings.get(key) : undefined
  const opening = known ?? blockOpening(block, index)
  state.openings.set(key, opening)
  const text = stringOf(block.text) || stringOf(block.thinking)
  const logprobs = readLogprobs(event.logprobs)
  if (text !== '') state.tracker.delta(events, opening, { text, ...(logprobs === undefined ? {} : { logprobs }) })
}

function readCall(event: Json, call: Json, index: number, state: StreamState, events: ChatEvent[]): void {
  const key = `call ${index}`
  const known = event.type === 'tool-call-delta' ? state.openings.get(key) : undefined
  const opening = known ?? callOpening(call, index)
  state.openings.set(key, opening)
  state.calledTools = true
  state.tracker.delta(events, opening, { text: stringOf(objectOf(call.function).arguments) })
}

function readEnd(delta: Json, state: StreamState, events: ChatEvent[]): void {
  const { finish_reason: word, usage, error } = delta
  if (word === 'ERROR' || (typeof error === 'string' && error !== '')) {
    fail(error, state, events)
    return
  }
  state.complete = true
  state.tracker.close(events)
  const raw = typeof word === 'string' ? word : null
  events.push({ type: 'finish', choice: 0, reason: readFinishReason(raw ?? 'COMPLETE', state.calledTools), raw })
  const counted = readUsage(usage)
  if (counted) events.push({ type: 'usage', usage: counted })
}

function fail(reason: unknown, state: StreamState, events: ChatEvent[]): void {
  state.failed = true
  events.push({ type: 'error', error: failed(reason) })
}

/** Events carry one thing at a time; whole replies carry lists of the same. */
function only(value: unknown): Json {
  return isObject(value) ? value : (objectsOf(value)[0] ?? {})
}
