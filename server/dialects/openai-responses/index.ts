import type { Dialect } from '../../core/dialect.ts'
import { writeError } from '../openai-chat/errors.ts'
import { edits } from './edits.ts'
import { eventReader } from './event-reader.ts'
import { FOREIGN_MARK } from './item-kinds.ts'
import { readHead } from './read-head.ts'
import { readReply } from './read-reply.ts'
import { readRequest } from './read-request.ts'
import { tap, tapReply } from './tap.ts'
import { eventWriter, writeReply } from './write-reply.ts'
import { writeRequest } from './write-request.ts'

/** OpenAI's Responses, without a memory of them: https://platform.openai.com/docs/api-reference/responses */
export const openaiResponses: Dialect = {
  id: 'openai-responses',
  streamType: 'text/event-stream',
  headers: ['openai-beta'],
  foreignMark: FOREIGN_MARK,
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
