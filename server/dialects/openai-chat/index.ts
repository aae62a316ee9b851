import type { Dialect } from '../../core/dialect.ts'
import { edits } from './edits.ts'
import { writeError } from './errors.ts'
import { eventReader } from './event-reader.ts'
import { eventWriter } from './event-writer.ts'
import { readHead } from './read-head.ts'
import { readReply } from './read-reply.ts'
import { readRequest } from './read-request.ts'
import { tap, tapReply } from './tap.ts'
import { writeReply } from './write-reply.ts'
import { writeRequest } from './write-request.ts'

/** OpenAI's chat completions: https://platform.openai.com/docs/api-reference/chat */
export const openaiChat: Dialect = {
  id: 'openai-chat',
  streamType: 'text/event-stream',
  readHead,
  readRequest,
  edits,
  writeRequest,
  readReply,
  eventReader,
  writeReply,
  eventWriter,
  writeError,
  tap,
  tapReply,
}
