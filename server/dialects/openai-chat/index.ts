import type { Dialect } from '../../core/ports.ts'
import { readErrorMessage, writeError } from './errors.ts'
import { readHead } from './read-head.ts'
import { eventReader, readReply } from './read-reply.ts'
import { readRequest } from './read-request.ts'
import { tap, tapReply } from './tap.ts'
import { eventWriter, writeReply } from './write-reply.ts'
import { writeRequest } from './write-request.ts'

/** OpenAI's chat completions: https://platform.openai.com/docs/api-reference/chat */
export const openaiChat: Dialect = {
  id: 'openai-chat',
  streamType: 'text/event-stream',
  readHead,
  readRequest,
  writeRequest,
  readReply,
  writeReply,
  eventReader,
  eventWriter,
  writeError,
  readErrorMessage,
  tap,
  tapReply,
}
