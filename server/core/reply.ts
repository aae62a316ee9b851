import type { GatewayError } from './errors.ts'
import type { ChatEvent } from './events.ts'

/** Where a committed byte stream goes. After `end` or `failed` nothing follows. */
export interface ByteSink {
  data(chunk: Buffer): void
  end(): void
  failed(error: GatewayError): void
}

/** A stream past its commit point whose bytes go on as they came. */
export interface ByteStream {
  /** An error inside the stream itself, once it has come. */
  readonly error: GatewayError | null
  /** Hands over what was held back until the commit point, then the rest as it comes. Call once. */
  start(sink: ByteSink): void
  pause(): void
  resume(): void
  /** Renders an error after the commit point in the client's dialect; `null` where a stream has no place for it. */
  errorFrame(error: GatewayError): string | null
}

/** What a target answered, past the commit point and in the client's dialect or ready for it. */
export type Reply = {
  /** The upstream's `x-ratelimit-*` headers. */
  headers: Readonly<Record<string, string>>
} & (
  | {
      kind: 'whole'
      contentType: string
      body: Buffer
      /** What the body was written from, where it was translated. */
      events?: readonly ChatEvent[]
    }
  | { kind: 'bytes'; contentType: string; stream: ByteStream }
  | { kind: 'events'; events: AsyncIterable<ChatEvent> }
)

declare const guarded: unique symbol

/** A reply that the post-guardrails have passed. Only `guardReply` makes one, and only this can be sent. */
export type SafeStream = Reply & { readonly [guarded]: true }
