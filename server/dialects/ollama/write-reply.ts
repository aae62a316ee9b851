import type { EventWriter, ReplyOptions, Written } from '../../core/dialect.ts'
import type { ChatEvent } from '../../core/events.ts'
import type { Json } from '../members.ts'
import { type LineContent, lineWriter, writeWhole } from './line-writer.ts'
import type { Stopwatch } from './stopwatch.ts'

/** A whole reply of `/api/chat` out of events. Throws the error of an `error` event. */
export function writeReply(events: Iterable<ChatEvent>, options: ReplyOptions): Written {
  return writeWhole(events, message, options)
}

/** Lines of `/api/chat`. */
export function eventWriter(options: ReplyOptions, watch?: Stopwatch): EventWriter {
  return lineWriter(message, options, watch)
}

function message({ text = '', thinking, toolCalls, images }: LineContent): Json {
  return {
    message: {
      role: 'assistant',
      content: text,
      ...(thinking === undefined ? {} : { thinking }),
      ...(images === undefined ? {} : { images }),
      ...(toolCalls === undefined ? {} : { tool_calls: toolCalls }),
    },
  }
}
