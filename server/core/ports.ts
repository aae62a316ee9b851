import type { DialectId } from './dialect-id.ts'
import type { GatewayError } from './errors.ts'
import type { ChatEvent, FinishReason } from './events.ts'
import type { Exchange } from './exchange.ts'
import type { ProviderPolicy, Target } from './policy.ts'
import type { ChatRequest, RequestHead } from './request.ts'
import type { Usage } from './usage.ts'

/** One wire format, both ways. A dialect knows no vendor. */
export interface Dialect {
  readonly id: DialectId
  /** Media type of its streams, e.g. `text/event-stream`. */
  readonly streamType: string
  /** Checks a request's shape. Throws `invalid_request` naming the field. */
  readHead(json: Readonly<Record<string, unknown>>): RequestHead
  readRequest(json: Readonly<Record<string, unknown>>): ChatRequest
  /** `lost` names what this format cannot carry. */
  writeRequest(request: ChatRequest, model: string): { body: Record<string, unknown>; lost: string[] }
  /** A whole reply's JSON as events. Throws `upstream_invalid_reply`. */
  readReply(json: unknown): ChatEvent[]
  writeReply(events: Iterable<ChatEvent>): Record<string, unknown>
  eventReader(): EventReader
  eventWriter(options: EventWriterOptions): EventWriter
  writeError(error: GatewayError): Record<string, unknown>
  /** The human-readable message in an error body, `null` when there is none. */
  readErrorMessage(json: unknown): string | null
  /** Follows a stream whose bytes pass through untouched; without it such streams are translated. */
  tap?(options: TapOptions): StreamTap
  /** Reads what a tap would have seen of a whole reply. Throws `upstream_invalid_reply` on what is no reply. */
  tapReply?(json: unknown): TapState
}

/** Bytes of a stream in, events out, at any chunking. */
export interface EventReader {
  /** Throws `upstream_invalid_reply` on what is not this format. */
  push(chunk: Buffer): ChatEvent[]
  /** At the end of the bytes. Throws `upstream_cut` when the reply is not complete. */
  end(): ChatEvent[]
}

export interface EventWriterOptions {
  /** The client asked for usage in the stream. */
  usage: boolean
}

/** Events in, text for the wire out; an empty string when an event has no place in the format. */
export interface EventWriter {
  write(event: ChatEvent): string
  /** What closes the stream, e.g. `data: [DONE]`. */
  end(): string
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

/** What a provider needs to know to address one call. */
export interface ProviderCall {
  policy: ProviderPolicy
  model: string
  dialect: DialectId
  stream: boolean
}

/** One upstream kind. An ordinary vendor is a row of data that one implementation reads. */
export interface Provider {
  readonly kind: string
  /** In order of preference. */
  readonly dialects: readonly DialectId[]
  readonly traits: ProviderTraits
  url(call: ProviderCall): string
  headers(call: ProviderCall): Record<string, string>
  /** Turns a refusal into an error that says whether another try makes sense and when. */
  classify(refusal: { status: number; headers: Readonly<Record<string, string>>; body: Buffer }): GatewayError
  /** Top-level body members to set beside `model`, from the provider's options. */
  defaults?(policy: ProviderPolicy): Record<string, unknown>
  /** Answers inside this process; such a provider opens no socket. */
  answer?: Send
}

export interface ProviderTraits {
  /** Where its prices stand in `@pydantic/genai-prices`; `null` when it has none. */
  priceId: string | null
  /** Value of `gen_ai.provider.name` (OpenTelemetry GenAI conventions). */
  otelName: string
  /** It understands `stream_options.include_usage`. */
  streamUsage: boolean
  /** It belongs to the user, so the trace context may go there. */
  selfHosted: boolean
  /** Its replies are made up. */
  synthetic: boolean
  /** Base URL to use where the config gives none; `null` when it must. */
  baseUrl: string | null
  /** It cannot be called without `api_key`. */
  needsKey: boolean
  /** Options of the config that this kind understands, with what each means. */
  options: Readonly<Record<string, ProviderOption>>
}

export interface ProviderOption {
  type: 'string' | 'integer' | 'boolean' | 'duration'
  description: string
}

/** One upstream call, ready to be sent. */
export interface WireCall {
  provider: ProviderPolicy
  url: string
  headers: Record<string, string>
  body: Buffer | string
  stream: boolean
}

/** Pushed to in order: `connected`, `head`, any number of `data`, then `end` or, at any point, `failed`. */
export interface WireHandlers {
  connected(): void
  head(status: number, headers: Readonly<Record<string, string>>): void
  data(chunk: Buffer): void
  end(): void
  failed(error: GatewayError): void
}

/** After `abort` no handler is called any more. */
export interface WireControl {
  pause(): void
  resume(): void
  abort(): void
}

export type Send = (call: WireCall, handlers: WireHandlers) => WireControl

/** Decides the order of a route's targets. */
export interface Strategy {
  readonly id: string
  order(targets: readonly Target[], exchange: Exchange): readonly Target[]
  observe?(outcome: { target: Target; ok: boolean; durationMs: number; firstTokenMs: number | null }): void
}

/** Prices one attempt in nano-dollars; `null` when the price or the usage is not known. */
export type PriceAttempt = (priceId: string | null, model: string, usage: Usage | null) => number | null

/** Told of everything that happens to an exchange as it happens. Must not throw and must not block. */
export interface Observer {
  requestStart(exchange: Exchange): void
  attemptStart(exchange: Exchange, index: number): void
  attemptEnd(exchange: Exchange, index: number): void
  requestEnd(exchange: Exchange): void
}
