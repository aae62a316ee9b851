import type { EventWriter, ReplyOptions, Written } from '../../core/dialect.ts'
import type { ChatEvent } from '../../core/events.ts'
import type { Json } from '../members.ts'
import { type LineContent, lineWriter, writeWhole } from '../ollama/line-writer.ts'
import type { Stopwatch } from '../ollama/stopwatch.ts'

/** A whole reply of `/api/generate` out of events. Throws the error of an `error` event. */
export function writeReply(events: Iterable<ChatEvent>, options: ReplyOptions): Written {
  return writeWhole(events, response, options)
}

/** Lines of `/api/generate`. */
export function eventWriter(options: ReplyOptions, watch?: Stopwatch): EventWriter {
  return lineWriter(response, options, watch)
}

/** No tools are offered here, so that a call of one is none that the client could answer. */
function response({ text = '', thinking, toolCalls, images }: LineContent, lost: Set<string>): Json {
  if (toolCalls !== undefined) lost.add('tool_calls')
  return {
    response: text,
    ...(thinking === undefined ? {} : { thinking }),
    ...(images === undefined ? {} : { image: images[0] }),
  }
}
