import type { IncomingHttpHeaders } from 'node:http'
import type { Exchange, Inbound } from '../core/exchange.ts'
import type { Idempotency } from './idempotency.ts'
import type { Client } from './reply.ts'

/** Where a request's reply goes: to its client, and beside it to whoever is to be told the same. */
export interface Outlet {
  client: Client
  /** Answers the client with a reply that was made for it before; `null` where one has to be made. */
  replay: (() => Promise<void>) | null
  /** Keeps or forgets what was recorded. Call once the reply, or its error, has gone out. */
  finish(): void
}

/** Opens the outlet of a planned request. Throws `invalid_header` or `idempotency_mismatch`. */
export function openOutlet(
  idempotency: Idempotency,
  headers: IncomingHttpHeaders,
  exchange: Exchange,
  inbound: Inbound,
  client: Client,
): Outlet {
  const once = idempotency.enter(headers, exchange, inbound, client)
  if (once?.kind === 'again') {
    exchange.replayOf = once.of
    exchange.status = 200
    return { client, replay: () => once.replay(client), finish() {} }
  }
  return { client: once?.client ?? client, replay: null, finish: () => once?.finish() }
}
