import type { EventReader } from '../../core/dialect.ts'
import type { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import { errorInside } from '../openai-chat/errors.ts'
import { PartTracker } from '../part-tracker.ts'
import { sseReader } from '../sse-reader.ts'
import { ItemReader } from './item-reader.ts'
import { failureOf, invalid, readEnd, replyStart } from './read-reply.ts'

/** With the number of the last event, so that another can follow it. */
export type ResponsesReader = EventReader & { readonly sequence: number }

/**
 * Reads a stream of response events. Items may overlap by their `output_index`: one is read at a time, and what
 * belongs to others waits for its end.
 */
export function eventReader(): ResponsesReader {
  const tracker = new PartTracker(0)
  let sequence = -1
  let started = false
  let ended = false
  let called = false
  let seen = 0
  let open: { index: unknown; reader: ItemReader } | null = null
  let waiting: Json[] = []

  const start = (response: Json, events: ChatEvent[]) => {
    if (!started) events.push(replyStart(response))
    started = true
  }
  const openItem = (index: unknown) => {
    seen += 1
    open = { index, reader: new ItemReader(tracker, `item ${seen}`) }
    return open.reader
  }
  const readItemEvent = (event: Json, events: ChatEvent[]) => {
    if (open && open.index !== event.output_index) {
      waiting.push(event)
      return
    }
    const reader = open?.reader ?? openItem(event.output_index)
    if (event.type === 'response.output_item.added') reader.begin(objectOf(event.item), events)
    else if (event.type === 'response.output_item.done') {
      reader.end(objectOf(event.item), events)
      open = null
      replay(events)
    } else reader.event(event, events)
  }
  const replay = (events: ChatEvent[]) => {
    const next = waiting
    waiting = []
    for (const event of next) readItemEvent(event, events)
  }
  /** The last event: what is still open ends as the whole response has it. */
  const end = (response: Json, events: ChatEvent[]) => {
    ended = true
    start(response, events)
    const items = objectsOf(response.output)
    while (open !== null) {
      const { index, reader } = open as { index: unknown; reader: ItemReader }
      reader.end(typeof index === 'number' ? (items[index] ?? null) : null, events)
      open = null
      replay(events)
    }
    if (seen === 0) for (const item of items) openItem(null).end(item, events)
    called ||= isCalled(events)
    events.push(...readEnd(response, () => called))
  }
  const fail = (error: GatewayError, events: ChatEvent[]) => {
    ended = true
    events.push({ type: 'error', error })
  }

  const readEvent = (event: Json, events: ChatEvent[]) => {
    if (typeof event.sequence_number === 'number') sequence = event.sequence_number
    if (ended) return
    const response = objectOf(event.response)
    switch (event.type) {
      case 'response.created':
      case 'response.in_progress':
      case 'response.queued':
        start(response, events)
        return
      case 'response.completed':
      case 'response.incomplete':
        end({ status: String(event.type).slice('response.'.length), ...response }, events)
        return
      case 'response.failed':
      case 'response.cancelled':
        fail(failureOf({ status: 'failed', ...response })!, events)
        return
      case 'error':
        fail(errorInside(isObject(event.error) ? event : { error: event }), events)
        return
    }
    if (event.error !== undefined && event.type === undefined) fail(errorInside(event), events)
    else if (event.output_index !== undefined) {
      start({}, events)
      readItemEvent(event, events)
    }
  }
  const reader = sseReader({
    read(event, events) {
      readEvent(event, events)
      called ||= isCalled(events)
    },
    end: () => ended,
    invalid,
  })
  return {
    get sequence() {
      return sequence
    },
    push: (chunk) => reader.push(chunk),
    end: () => reader.end(),
  }
}

function isCalled(events: readonly ChatEvent[]): boolean {
  return events.some((event) => event.type === 'part-start' && event.kind === 'tool-call')
}
