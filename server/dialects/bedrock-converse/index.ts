import type { UpstreamDialect } from '../../core/dialect.ts'
import { ID } from './read-block.ts'
import { eventReader, readReply } from './read-reply.ts'
import { writeRequest } from './write-request.ts'

/** Bedrock's Converse: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const bedrockConverse: UpstreamDialect = {
  id: ID,
  streamType: 'application/vnd.amazon.eventstream',
  writeRequest,
  readReply,
  eventReader,
}
