import type { Dialect } from '../../core/dialect.ts'
import { readerTap, tapEvents } from '../reader-tap.ts'
import { FrameBuffer } from '../sse.ts'
import { writeError } from './errors.ts'
import { readHead } from './read-head.ts'
import { eventReader, readReply } from './read-reply.ts'
import { readRequest } from './read-request.ts'
import { FOREIGN_MARK, ID } from './state.ts'
import { eventWriter, frame } from './write-reply.ts'
import { writeRequest } from './write-request.ts'
import { writeReply } from './write-whole.ts'

/** Anthropic's Messages: https://platform.claude.com/docs/en/api/messages/create */
export const anthropicMessages: Dialect = {
  id: ID,
  streamType: 'text/event-stream',
  headers: ['anthropic-version', 'anthropic-beta'],
  foreignMark: FOREIGN_MARK,
  readHead,
  readRequest,
  writeRequest,
  edits: (_json, _head, model) => ({ model: JSON.stringify(model) }),
  readReply,
  writeReply,
  eventReader,
  eventWriter,
  writeError,
  tap: () => readerTap(eventReader(), new FrameBuffer(), '\n\n', (error) => frame(writeError(error))),
  tapReply: (json) => tapEvents(readReply(json)),
}
