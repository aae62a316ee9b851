import type { ClientDialect } from '../../core/dialect.ts'
import { edits } from '../openai-chat/edits.ts'
import { writeError } from '../openai-chat/errors.ts'
import { tap, tapReply } from '../openai-chat/tap.ts'
import { readHead } from './read-head.ts'
import { readRequest } from './read-request.ts'
import { eventWriter, writeReply } from './write-reply.ts'

/**
 * OpenAI's completions of a prompt, from before chat: https://platform.openai.com/docs/api-reference/completions
 * Their chunks have what chat's tap looks for.
 */
export const openaiCompletions: ClientDialect = {
  id: 'openai-completions',
  streamType: 'text/event-stream',
  readHead,
  readRequest,
  edits,
  writeReply,
  eventWriter,
  writeError,
  tap,
  tapReply,
}
