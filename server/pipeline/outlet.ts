import type { IncomingHttpHeaders } from 'node:http'
import type { Exchange, Inbound } from '../core/exchange.ts'
import type { Idempotency } from './idempotency.ts'
import type { KeptReplies } from './kept-replies.ts'
import { keepForBadDays } from './last-resort.ts'
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
  { idempotency, staleReplies }: { idempotency: Idempotency; staleReplies: KeptReplies },
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
  const kept = keepForBadDays(staleReplies, exchange, inbound, once?.client ?? client)
  return {
    client: kept.client,
    replay: null,
    finish() {
      kept.finish()
      once?.finish()
    },
  }
}
