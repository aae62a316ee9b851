import { paced, type StoredReply } from '../../cache/stored-reply.ts'
import type { CachePolicy } from '../../core/cache-policy.ts'
import type { ClientDialect } from '../../core/dialect.ts'
import { type ChatEvent, streamOf } from '../../core/events.ts'
import { type Inbound, replyOptions } from '../../core/exchange.ts'
import type { ByteStream, Reply } from '../../core/reply.ts'

const JSON_TYPE = 'application/json'

/** A kept reply in the bytes of a client's format. */
export interface Rendered {
  contentType: string
  body: string
  lossy: readonly string[]
}

/** The whole of a reply as this client gets it, streamed or not. */
export function render(events: readonly ChatEvent[], inbound: Inbound): Rendered {
  const dialect = inbound.dialect as ClientDialect
  const options = replyOptions(inbound)
  if (!inbound.head.stream) {
    const { body, lost } = dialect.writeReply(events, options)
    return { contentType: JSON_TYPE, body: JSON.stringify(body), lossy: lost }
  }
  const writer = dialect.eventWriter(options)
  let body = ''
  for (const event of events) body += writer.write(event)
  body += writer.end()
  return { contentType: dialect.streamType, body, lossy: [...writer.lost] }
}

/** Bytes that are there already, as a reply. */
export function replyOfBytes({ contentType, body }: Rendered, stream: boolean): Reply {
  const bytes = Buffer.from(body)
  if (!stream) return { kind: 'whole', contentType, headers: {}, body: bytes }
  return { kind: 'bytes', contentType, headers: {}, stream: streamOfBytes(bytes) }
}

/** A stream at the pace in which it first came. */
export function replyInPace(reply: StoredReply): Reply {
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  return { kind: 'events', headers: {}, events: paced(reply, wait) }
}

/** Events that are all there, or still come, as this client gets them. */
export function replyOfEvents(events: readonly ChatEvent[], inbound: Inbound): Reply {
  if (inbound.head.stream) return { kind: 'events', headers: {}, events: streamOf(events) }
  const { contentType, body } = render(events, inbound)
  return { kind: 'whole', contentType, headers: {}, body: Buffer.from(body), events }
}

/** Paced replies are streams of a route that wants them so. */
export function isPaced({ pace }: CachePolicy, { head }: Inbound): boolean {
  return pace === 'natural' && head.stream
}

function streamOfBytes(bytes: Buffer): ByteStream {
  return {
    error: null,
    start(sink) {
      sink.data(bytes)
      sink.end()
    },
    pause() {},
    resume() {},
    errorFrame: () => null,
  }
}
