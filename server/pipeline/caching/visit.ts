import type { CacheRecord } from '../../core/cache.ts'
import type { Exchange } from '../../core/exchange.ts'
import { newSpanId } from '../../core/ids.ts'
import type { Reply } from '../../core/reply.ts'
import type { Client, ReplyWatcher } from '../reply.ts'

/** What the cache has to say to one request, from the look-up to its end. */
export interface Visit {
  /** What the client gets without anybody being called. */
  reply: Reply | null
  /** Takes down the reply that is made now. */
  watcher: ReplyWatcher | null
  /** The kept reply is past its time: another one is to be fetched beside it. */
  revalidates: boolean
  /** The client, or one that stays for those who wait for the same reply. */
  clientFor(client: Client): Client
  /** The reply of better days, where every target has failed; `null` where there is none. */
  lastGood(): Reply | null
  /** Keeps what is to be kept. Call once the reply, or its error, has gone out. */
  finish(): void
}

/** Of a request that the cache has nothing to do with. */
export function passedBy(exchange: Exchange, why: string | null): Visit {
  exchange.cache = { ...blankRecord(), outcome: 'bypass', why }
  return {
    reply: null,
    watcher: null,
    revalidates: false,
    clientFor: (client) => client,
    lastGood: () => null,
    finish() {},
  }
}

/** A visit that brings a reply. */
export function answeredWith(reply: Reply, more: Partial<Visit> = {}): Visit {
  return {
    reply,
    watcher: null,
    revalidates: false,
    clientFor: (client) => client,
    lastGood: () => null,
    finish() {},
    ...more,
  }
}

export function blankRecord(): CacheRecord {
  return {
    outcome: 'miss',
    why: null,
    found: null,
    similarity: null,
    age_ms: null,
    source: null,
    provider: null,
    model: null,
    saved_nano: null,
    saved_ms: null,
    lookups: [],
  }
}

type LookUpResult = CacheRecord['lookups'][number]['result']

/** Notes one way of looking up that began at `startedAt` (`performance.now()`) and ends now. */
export function noteLookUp(
  exchange: Exchange,
  kind: 'exact' | 'semantic',
  startedAt: number,
  result: LookUpResult,
): void {
  exchange.cache!.lookups.push({
    kind,
    span_id: newSpanId(),
    started_ms: round(startedAt - exchange.startedAt),
    duration_ms: round(performance.now() - startedAt),
    result,
  })
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
