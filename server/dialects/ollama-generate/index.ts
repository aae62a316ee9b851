import type { ClientDialect } from '../../core/dialect.ts'
import { LineBuffer } from '../lines.ts'
import { writeError } from '../ollama/errors.ts'
import { readOllamaHead } from '../ollama/read-head.ts'
import { eventReader, readReply } from '../ollama/read-reply.ts'
import { readerTap, tapEvents } from '../reader-tap.ts'
import { readRequest } from './read-request.ts'
import { eventWriter, writeReply } from './write-reply.ts'

/** Ollama's completions of one prompt: https://docs.ollama.com/api/generate */
export const ollamaGenerate: ClientDialect = {
  id: 'ollama-generate',
  streamType: 'application/x-ndjson',
  readHead: readOllamaHead,
  readRequest,
  edits: (_json, _head, model) => ({ model: JSON.stringify(model) }),
  writeReply,
  eventWriter: (options) => eventWriter(options),
  writeError,
  tap: () => readerTap(eventReader(), new LineBuffer(), '\n', (error) => `${JSON.stringify(writeError(error))}\n`),
  readReply,
  eventReader,
  tapReply: (json) => tapEvents(readReply(json)),
}
