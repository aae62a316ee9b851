import type { UpstreamDialect } from '../../core/dialect.ts'
import { eventReader } from './event-reader.ts'
import { readReply } from './read-reply.ts'
import { writeRequest } from './write-request.ts'

/** Cohere's chat, version 2: https://docs.cohere.com/reference/chat */
export const cohereChat: UpstreamDialect = {
  id: 'cohere-chat',
  streamType: 'text/event-stream',
  writeRequest,
  readReply,
  eventReader,
}
