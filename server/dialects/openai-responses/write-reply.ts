import type { EventWriter, ReplyOptions, Written } from '../../core/dialect.ts'
import type { ChatEvent } from '../../core/events.ts'
import type { Json } from '../members.ts'
import { responseWriter } from './response-writer.ts'

/** A whole response out of events. Throws the error of an `error` event. */
export function writeReply(events: Iterable<ChatEvent>, options: ReplyOptions): Written {
  const writer = responseWriter(options, () => {})
  for (const event of events) {
    if (event.type === 'error') throw event.error
    writer.write(event)
  }
  return { body: writer.end(), lost: writer.lost.list() }
}

/** Writes events as numbered response events. There is no `[DONE]`: the last event is the response itself. */
export function eventWriter(options: ReplyOptions): EventWriter {
  let text = ''
  let sequence = 0
  const writer = responseWriter(options, (type, event) => {
    text += frame(type, event, sequence)
    sequence += 1
  })
  const take = (step: () => void) => {
    step()
    const taken = text
    text = ''
    return taken
  }
  return {
    lost: writer.lost.names,
    write: (event) => take(() => writer.write(event)),
    end: () => take(() => writer.end()),
  }
}

/** One event on the wire; its kind stands in both lines, as OpenAI has it. */
export function frame(type: string, event: Json, sequence: number): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence, ...event })}\n\n`
}
