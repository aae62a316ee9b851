import type { TapState } from '../core/dialect.ts'
import type { GatewayError } from '../core/errors.ts'
import type { Attempt } from '../core/exchange.ts'
import type { Provider } from '../core/ports.ts'
import type { Reply } from '../core/reply.ts'
import type { AttemptContext } from './context.ts'

/** Takes an upstream's answer once its head is known. */
export interface Receiver {
  data(chunk: Buffer): void
  end(): void
  failed(error: GatewayError): void
}

/** The attempt that a receiver works for. */
export interface Run {
  readonly context: AttemptContext
  readonly attempt: Attempt
  readonly provider: Provider
  /** The client wants a stream. */
  readonly stream: boolean
  /** The client has seen some of the reply. */
  readonly committed: boolean
  /** The commit point: from here on nothing else can be tried. */
  commit(reply: Reply): void
  /** Ends the attempt as failed and lets go of the upstream. Before the commit point this rejects the attempt. */
  fail(error: GatewayError): void
  /** Ends the attempt as answered. */
  succeed(): void
  /** Copies what is known of the reply into the record. */
  note(state: Readonly<TapState>): void
  /** Names what the reply's translation could not carry. */
  lose(names: readonly string[]): void
  /** The client is slow: while it holds the stream up only the deadline counts. */
  pause(): void
  resume(): void
}
