import type { ChatDialectId } from './dialect-id.ts'
import type { GatewayError } from './errors.ts'
import type { ChatEvent, FinishReason } from './events.ts'
import type { ChatRequest, RequestAddress, RequestHead } from './request.ts'
import type { Usage } from './usage.ts'

/** The provider's side of a wire format of chat. It knows no vendor. */
export interface UpstreamDialect {
  readonly id: ChatDialectId
  /** Media type of its streams, e.g. `text/event-stream`. */
  readonly streamType: string
  /**
   * A canonical request in this format. `lost` names what it cannot carry, in the client's words where they are
   * known, e.g. `n`, `logprobs`, `cache_control`. Opaque state of another issuer is left out without a word.
   */
  writeRequest(request: ChatRequest, model: string, quirks: Quirks): Written
  /** A whole reply's JSON as events. Throws `upstream_invalid_reply`, or the error that stands in the reply's place. */
  readReply(json: unknown): ChatEvent[]
  eventReader(): EventReader
}

/** The client's side of a wire format of chat. */
export interface ClientDialect {
  readonly id: ChatDialectId
  readonly streamType: string
  /** Headers of the client's that belong to the format and go to an upstream that speaks it, e.g. `anthropic-beta`. */
  readonly headers?: readonly string[]
  /**
   * Stands only in what `eventWriter` and `writeReply` make up for a foreign reply (e.g. a signature), so that a later
   * request which has these bytes is translated, never passed on to a provider that would refuse them.
   */
  readonly foreignMark?: string
  /** Its streams are always translated, as no provider is asked for this form of them (Gemini's JSON array). */
  readonly translatedStreams?: true
  /** Checks a request's shape. Throws `invalid_request` naming the member. */
  readHead(json: Readonly<Record<string, unknown>>, address: RequestAddress): RequestHead
  /** A request that `readHead` has passed. Throws `invalid_request` for what it finds wrong further down. */
  readRequest(json: Readonly<Record<string, unknown>>, head: RequestHead): ChatRequest
  /**
   * Top-level members to set (JSON text) or take out (`null`) so that the client's own bytes can go to `model` of a
   * provider that speaks the format.
   */
  edits(
    json: Readonly<Record<string, unknown>>,
    head: RequestHead,
    model: string,
    quirks: Quirks,
  ): Record<string, string | null>
  /** A whole reply out of events. Throws the error of an `error` event. */
  writeReply(events: Iterable<ChatEvent>, options: ReplyOptions): Written
  eventWriter(options: ReplyOptions): EventWriter
  writeError(error: GatewayError): Record<string, unknown>
  /** Follows a stream whose bytes pass through untouched. */
  tap(options: TapOptions): StreamTap
  /** Reads what a tap would have seen of a whole reply. Throws `upstream_invalid_reply` on what is no reply. */
  tapReply(json: unknown): TapState
  /** As of an `UpstreamDialect`, for an upstream that streams where it was asked not to, or the other way round. */
  readReply?(json: unknown): ChatEvent[]
  eventReader?(): EventReader
}

/** A wire format that both clients and providers speak. */
export type Dialect = ClientDialect & UpstreamDialect

/** Something in a wire format, and the names of what the format could not carry. */
export interface Written {
  body: Record<string, unknown>
  lost: string[]
}

/** How a vendor departs from the format it speaks. Data of the vendor table. */
export interface Quirks {
  /** It refuses `stream_options`; the last chunk of its streams has the usage anyway. */
  refusesStreamOptions?: boolean
  /** Which member limits the reply's length; OpenAI's own newer name where not said. */
  maxTokens?: 'max_tokens' | 'max_completion_tokens'
  /** Where reasoning of earlier turns goes in assistant messages; not said: it is refused, so it is left out. */
  reasoning?: 'reasoning_content' | 'reasoning'
  /** JSON Schema output is not understood, plain JSON output is. */
  jsonObjectOnly?: boolean
  /** It understands Anthropic's `cache_control` inside OpenAI's parts. */
  cacheControl?: boolean
  /** Top-level members of the format that are refused as unknown, e.g. `seed`. */
  refuses?: readonly string[]
  /**
   * How it goes on with a reply that broke off: it continues a last assistant message as it is, where the message says
   * `prefix`, or where the request says `continue_final_message`. Not said: it is asked to in words.
   */
  continues?: 'assistant' | 'prefix' | 'continue_final_message'
  /** Top-level members by other names, e.g. Mistral's `random_seed` for `seed`. */
  renames?: Readonly<Record<string, string>>
}

/** Bytes of a stream in, events out, at any chunking. */
export interface EventReader {
  /** Throws `upstream_invalid_reply` on what is not this format. */
  push(chunk: Buffer): ChatEvent[]
  /** At the end of the bytes. Throws `upstream_cut` when the reply is not complete. */
  end(): ChatEvent[]
}

export interface ReplyOptions {
  /** The client asked for usage in the stream. */
  usage: boolean
  /** The request's JSON as received: some formats repeat parts of it, or name things as it did. */
  request: Readonly<Record<string, unknown>>
  /** Prompt tokens by our own estimate, for formats that want a count before the provider has given one. */
  promptTokens: number
  /** `performance.now()` when the request arrived, for formats that tell durations; absent means now. */
  startedAt?: number
}

/** Events in, text for the wire out; an empty string when an event has no place in the format. */
export interface EventWriter {
  write(event: ChatEvent): string
  /** What closes the stream, e.g. `data: [DONE]`. */
  end(): string
  /** Names of what this format could not carry, so far. */
  readonly lost: ReadonlySet<string>
}

export interface TapOptions {
  /** Take the usage that only the gateway asked for out of the bytes. */
  stripUsage: boolean
}

/** What a tap has seen so far. */
export interface TapState {
  /** A content event has passed: the stream is committed. */
  content: boolean
  /** The format's last word came: the reply is complete. */
  complete: boolean
  id: string | null
  model: string | null
  finishReason: FinishReason | null
  usage: Usage | null
  /** Tokens of the reply that have come, roughly: what a reply that breaks off is counted by. */
  seenTokens: number
  /** An error event inside a 200 stream. */
  error: GatewayError | null
}

/** A read-only follower of a byte stream that lets whole frames on and keeps an unfinished one back. */
export interface StreamTap {
  readonly state: TapState
  /** The bytes that may go on, `null` when there are none yet. */
  push(chunk: Buffer): Buffer | null
  /** The rest at the end of the upstream's bytes, `null` when there is none or it is an unfinished frame. */
  end(): Buffer | null
  /** The frame that tells the client of an error after the commit point. */
  errorFrame(error: GatewayError): string
}
