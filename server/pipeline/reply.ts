import type { ClientDialect } from '../core/dialect.ts'
import { asGatewayError, type GatewayError } from '../core/errors.ts'
import type { ChatEvent } from '../core/events.ts'
import { type Exchange, type Inbound, mainAttempt, replyOptions } from '../core/exchange.ts'
import type { PlainDialect } from '../core/plain.ts'
import type { ByteStream, SafeStream } from '../core/reply.ts'
import type { Restorer } from './guarding/restorer.ts'
import { costHeader, errorHeaders, gatehouseHeaders } from './response-headers.ts'

type AnyDialect = ClientDialect | PlainDialect

/** The client's side of the connection. */
export interface Client {
  /** The connection is gone; writes go nowhere. */
  readonly gone: boolean
  whole(status: number, headers: Record<string, string>, body: Buffer | string): void
  head(status: number, headers: Record<string, string>): void
  /** False when the client reads too slowly: wait for `onDrain`. */
  write(chunk: Buffer | string): boolean
  end(): void
  /** Breaks the connection, so that what came cannot be taken for a whole reply. */
  abort(): void
  onDrain(listener: () => void): void
  /** Called once when the client goes away before `end`. */
  onGone(listener: () => void): void
}

/** Sees a guarded reply as it goes out, e.g. to keep it. What it is told must not be changed. */
export interface ReplyWatcher {
  whole(body: Buffer, events: readonly ChatEvent[] | null): void
  chunk(bytes: Buffer): void
  event(event: ChatEvent): void
  /** The stream has come to its end, with `exchange.error` set where that was a bad one. */
  end(): void
}

/** What happens to a reply beside being sent. */
export interface OnTheWay {
  /** Sees it as it was guarded. */
  watcher: ReplyWatcher | null
  /** Puts back what was taken out of the request, for this client alone. */
  restorer: Restorer | null
}

/** Sends a guarded reply. Resolves when the last byte has been handed over or the client has gone. */
export async function sendReply(
  exchange: Exchange,
  inbound: Inbound,
  reply: SafeStream,
  client: Client,
  { watcher, restorer }: OnTheWay,
): Promise<void> {
  exchange.status = 200
  exchange.overheadMs = overheadOf(exchange)
  const headers = { ...reply.headers, ...gatehouseHeaders(exchange) }
  if (reply.kind === 'whole') {
    const body = restorer === null ? reply.body : restoredBody(reply, inbound, restorer)
    client.whole(200, { 'content-type': reply.contentType, ...headers, ...costHeader(exchange) }, body)
    watcher?.whole(reply.body, reply.events ?? null)
    return
  }
  if (reply.kind === 'bytes') {
    client.head(200, { 'content-type': reply.contentType, 'cache-control': 'no-cache', ...headers })
    await sendBytes(exchange, reply.stream, client, watcher)
    return
  }
  const { dialect } = inbound
  if ('operation' in dialect) throw new Error(`${dialect.id} has no events`)
  client.head(200, { 'content-type': dialect.streamType, 'cache-control': 'no-cache', ...headers })
  await sendEvents(exchange, inbound, reply, dialect, client, { watcher, restorer })
}

/** Only chat has placeholders put back: what else comes whole holds vectors and the like. */
function restoredBody(reply: SafeStream & { kind: 'whole' }, inbound: Inbound, restorer: Restorer): Buffer | string {
  const { dialect } = inbound
  if ('operation' in dialect) return reply.body
  const events = reply.events ?? dialect.readReply?.(JSON.parse(reply.body.toString()))
  if (!events) throw new Error(`replies in ${dialect.id} cannot be read`)
  const restored = events.flatMap((event) => restorer.restore(event))
  return restorer.changed ? JSON.stringify(dialect.writeReply(restored, replyOptions(inbound)).body) : reply.body
}

/** Sends an error in the client's dialect; an upstream's own 4xx goes through unchanged. */
export function sendError(exchange: Exchange, error: GatewayError, dialect: AnyDialect, client: Client): void {
  const { upstream } = error
  const unchanged = upstream !== null && upstream.status >= 400 && upstream.status < 500 && speaks(exchange, dialect)
  exchange.status = unchanged ? upstream.status : error.status
  exchange.error = { code: error.code, message: error.message }
  exchange.overheadMs = overheadOf(exchange)
  const headers = {
    'content-type': (unchanged && upstream.headers['content-type']) || 'application/json',
    ...gatehouseHeaders(exchange),
    ...errorHeaders(exchange, error),
  }
  client.whole(exchange.status, headers, unchanged ? upstream.body : JSON.stringify(dialect.writeError(error)))
}

/** Only kinds with another dialect than the client's have bodies that it could not read. */
function speaks(exchange: Exchange, dialect: AnyDialect): boolean {
  return mainAttempt(exchange)?.dialect === dialect.id
}

/** The time that went into the gateway itself so far: all but attempts, which may overlap, and waits. */
function overheadOf(exchange: Exchange): number {
  const now = performance.now()
  let elsewhere = exchange.waitedMs
  let until = exchange.startedAt
  for (const { startedAt, firstTokenAt, endedAt } of exchange.attempts) {
    const end = firstTokenAt ?? endedAt ?? now
    elsewhere += Math.max(0, end - Math.max(startedAt, until))
    until = Math.max(until, end)
  }
  return Math.max(0, now - exchange.startedAt - elsewhere)
}

function sendBytes(
  exchange: Exchange,
  stream: ByteStream,
  client: Client,
  watcher: ReplyWatcher | null,
): Promise<void> {
  return new Promise((resolve) => {
    let paused = false
    client.onGone(resolve)
    client.onDrain(() => {
      if (!paused) return
      paused = false
      stream.resume()
    })
    stream.start({
      data(chunk) {
        watcher?.chunk(chunk)
        if (client.write(chunk) || paused) return
        paused = true
        stream.pause()
      },
      end() {
        if (stream.error) noteFailure(exchange, stream.error)
        watcher?.end()
        client.end()
        resolve()
      },
      failed(error) {
        noteFailure(exchange, error)
        watcher?.end()
        const frame = stream.errorFrame(error)
        if (frame === null) client.abort()
        else {
          client.write(frame)
          client.end()
        }
        resolve()
      },
    })
  })
}

async function sendEvents(
  exchange: Exchange,
  inbound: Inbound,
  reply: SafeStream & { kind: 'events' },
  dialect: ClientDialect,
  client: Client,
  { watcher, restorer }: OnTheWay,
): Promise<void> {
  const writer = dialect.eventWriter(replyOptions(inbound))
  let wake: (() => void) | null = null
  client.onDrain(() => wake?.())
  client.onGone(() => wake?.())
  let failed = false
  try {
    for await (const event of reply.events) {
      if (client.gone) return
      if (event.type === 'error') {
        failed = true
        noteFailure(exchange, event.error)
      }
      watcher?.event(event)
      const text = (restorer?.restore(event) ?? [event]).map((each) => writer.write(each)).join('')
      if (text === '' || client.write(text) || client.gone) continue
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } catch (error) {
    failed = true
    const failure = asGatewayError(error)
    noteFailure(exchange, failure)
    client.write(writer.write({ type: 'error', error: failure }))
  }
  if (!failed) client.write(writer.end())
  watcher?.end()
  client.end()
  exchange.lossy = [...new Set([...exchange.lossy, ...writer.lost])]
}

/** The status line has gone out; the failure stands in the record and in the stream. */
function noteFailure(exchange: Exchange, error: GatewayError): void {
  exchange.error = { code: error.code, message: error.message }
}
