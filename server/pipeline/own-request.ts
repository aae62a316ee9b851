import type { ChatEvent } from '../core/events.ts'
import type { Exchange } from '../core/exchange.ts'
import type { OwnCall } from '../core/own-call.ts'
import type { Arrival } from './receive.ts'
import type { Client } from './reply.ts'

/** What came of a request of the gateway's own. */
export interface OwnResult {
  exchange: Exchange
  /** The whole reply; `null` where there is none. */
  events: readonly ChatEvent[] | null
}

/** Takes a request of the gateway's own through the pipeline. Never rejects. */
export type RunOwn = (arrival: Omit<Arrival, 'own'>, own: OwnCall, client?: Client) => Promise<OwnResult>

/** `handle` is the pipeline. */
export function ownRunner(handle: (arrival: Arrival, client: Client) => Promise<void>): RunOwn {
  return (arrival, own, client = nobody()) =>
    new Promise((resolve) => {
      const onEnd = (exchange: Exchange, events: readonly ChatEvent[] | null) => {
        own.onEnd?.(exchange, events)
        resolve({ exchange, events })
      }
      void handle({ ...arrival, receivedAt: performance.now(), own: { ...own, onEnd } }, client)
    })
}

/** Whom a reply goes to that nobody waits for; it goes away with the signal. */
export function nobody(signal?: AbortSignal): Client {
  return {
    get gone() {
      return signal?.aborted ?? false
    },
    whole() {},
    head() {},
    write: () => true,
    end() {},
    abort() {},
    onDrain() {},
    onGone: (listener) => signal?.addEventListener('abort', listener, { once: true }),
  }
}
