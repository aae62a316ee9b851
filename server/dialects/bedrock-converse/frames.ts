import { createRequire } from 'node:module'
import { crc32 } from 'node:zlib'
import type { EventStreamCodec } from '@smithy/eventstream-codec'
import { GatewayError } from '../../core/errors.ts'
import { parseObject } from '../loose-json.ts'
import type { Json } from '../members.ts'

/** One message of an AWS event stream: what it is, and its JSON. */
export interface Message {
  /** `event`; or `exception` and `error`, which end the stream. */
  kind: string
  /** Which event, exception or error it is. */
  name: string
  body: Json
}

/** Total length and headers' length, 4 bytes each, then a CRC of both. */
const PRELUDE_BYTES = 12
/** A prelude and the CRC of the whole message. */
const LEAST_BYTES = PRELUDE_BYTES + 4
/** AWS's own limit is 24 MB of payload; no event of a chat comes near it. */
const MOST_BYTES = 25 * 1024 * 1024

const load = createRequire(import.meta.url)
let codec: EventStreamCodec | null = null

/** Loaded by the first stream: it takes more memory than the rest of the dialects together. */
function openCodec(): EventStreamCodec {
  const { EventStreamCodec } = load('@smithy/eventstream-codec') as typeof import('@smithy/eventstream-codec')
  return new EventStreamCodec(
    (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
    (text) => Buffer.from(text),
  )
}

/**
 * Cuts a byte stream into its messages, at any chunking. Both checksums are verified.
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export class MessageBuffer {
  #rest: Buffer = Buffer.alloc(0)

  /** All whole messages so far. Throws `upstream_invalid_reply` on what is no event stream. */
  push(chunk: Buffer): Message[] {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const messages: Message[] = []
    while (rest.length >= PRELUDE_BYTES) {
      const length = lengthOf(rest)
      if (rest.length < length) break
      messages.push(decode(rest.subarray(0, length)))
      rest = rest.subarray(length)
    }
    this.#rest = rest
    return messages
  }
}

function lengthOf(bytes: Buffer): number {
  const length = bytes.readUInt32BE(0)
  if (crc32(bytes.subarray(0, 8)) !== bytes.readUInt32BE(8)) throw invalid('the checksum of a prelude is wrong')
  if (length < LEAST_BYTES || length > MOST_BYTES) throw invalid(`a message of ${length} bytes cannot be`)
  return length
}

function decode(bytes: Buffer): Message {
  const { headers, body } = decoded(bytes)
  const header = (name: string) => String(headers[name]?.value ?? '')
  const kind = header(':message-type') || 'event'
  const name = header(':event-type') || header(':exception-type') || header(':error-code')
  // An error without a payload has its message in a header.
  if (kind === 'error') return { kind, name, body: { message: header(':error-message') } }
  return { kind, name, body: parse(Buffer.from(body).toString()) }
}

function decoded(bytes: Buffer) {
  codec ??= openCodec()
  try {
    return codec.decode(bytes)
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'a message cannot be decoded')
  }
}

function parse(text: string): Json {
  const json = parseObject(text || '{}')
  if (json !== null) return json
  throw invalid(`an event is not a JSON object: ${text.slice(0, 80)}`)
}

/** Says that a reply is none of Converse, and why. */
export function invalid(what: string): GatewayError {
  return new GatewayError('upstream_invalid_reply', `The provider's reply is not one of Bedrock's Converse: ${what}.`)
}
