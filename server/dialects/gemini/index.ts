import type { ClientDialect, Dialect } from '../../core/dialect.ts'
import { readerTap, tapEvents } from '../reader-tap.ts'
import { FrameBuffer } from '../sse.ts'
import { writeError } from './errors.ts'
import { asArray } from './json-array.ts'
import { readHead } from './read-head.ts'
import { eventReader, readReply } from './read-reply.ts'
import { readRequest } from './read-request.ts'
import { eventWriter, frame, writeReply } from './write-reply.ts'
import { writeRequest } from './write-request.ts'

/** Gemini's generateContent and streamGenerateContent: https://ai.google.dev/api/generate-content */
export const gemini: Dialect = {
  id: 'gemini',
  streamType: 'text/event-stream',
  readHead,
  readRequest,
  // The model stands in the address.
  edits: () => ({}),
  writeRequest,
  readReply,
  writeReply,
  eventReader,
  eventWriter,
  writeError,
  tap: () => readerTap(eventReader(), new FrameBuffer(), '\r\n\r\n', (error) => frame(writeError(error))),
  tapReply: (json) => tapEvents(readReply(json)),
}

/** The same for clients that stream without `alt=sse`: their streams are one JSON array. */
export const geminiArray: ClientDialect = {
  ...gemini,
  streamType: 'application/json',
  translatedStreams: true,
  eventWriter: (options) => asArray(eventWriter(options)),
}
