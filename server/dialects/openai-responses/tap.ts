import type { StreamTap, TapState } from '../../core/dialect.ts'
import type { GatewayError } from '../../core/errors.ts'
import { readerTap, tapEvents } from '../reader-tap.ts'
import { FrameBuffer } from '../sse.ts'
import { eventReader } from './event-reader.ts'
import { readReply } from './read-reply.ts'
import { responseWriter } from './response-writer.ts'
import { frame } from './write-reply.ts'

/** Follows response events. Their usage is always there, so there is none to take out. */
export function tap(): StreamTap {
  const reader = eventReader()
  const errorFrame = (error: GatewayError) => {
    let text = ''
    let { sequence } = reader
    const emit = (type: string, event: Record<string, unknown>) => {
      sequence += 1
      text += frame(type, event, sequence)
    }
    const { id, model } = follower.state
    const writer = responseWriter({ usage: true, request: {}, promptTokens: 0 }, (type, event) => {
      if (type === 'error' || type === 'response.failed') emit(type, event)
    })
    writer.write({ type: 'reply-start', id: id ?? '', model: model ?? '', created: 0 })
    writer.write({ type: 'error', error })
    return text
  }
  const follower = readerTap(reader, new FrameBuffer(), '\n\n', errorFrame)
  return follower
}

/** What a tap would have seen of a whole response. */
export function tapReply(json: unknown): TapState {
  return tapEvents(readReply(json))
}
