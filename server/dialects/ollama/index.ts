import type { Dialect } from '../../core/dialect.ts'
import { LineBuffer } from '../lines.ts'
import { readerTap, tapEvents } from '../reader-tap.ts'
import { writeError } from './errors.ts'
import { readHead } from './read-head.ts'
import { eventReader, readReply } from './read-reply.ts'
import { readRequest } from './read-request.ts'
import { eventWriter, writeReply } from './write-reply.ts'
import { writeRequest } from './write-request.ts'

/** Ollama's own chat API: https://docs.ollama.com/api/chat */
export const ollamaChat: Dialect = {
  id: 'ollama',
  streamType: 'application/x-ndjson',
  readHead,
  readRequest,
  edits: (_json, _head, model) => ({ model: JSON.stringify(model) }),
  writeRequest,
  readReply,
  writeReply,
  eventReader,
  eventWriter: (options) => eventWriter(options),
  writeError,
  tap: () => readerTap(eventReader(), new LineBuffer(), '\n', (error) => `${JSON.stringify(writeError(error))}\n`),
  tapReply: (json) => tapEvents(readReply(json)),
}
