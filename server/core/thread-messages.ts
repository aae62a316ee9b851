/** What the main thread and the store's threads say to each other. */

import type { Agreement, CacheEntry, CacheHash, CacheSelection, LookUp, Review, SpaceVector } from './cache.ts'
import type { ExperimentCommand } from './experiment-commands.ts'
import type { DeskCommand } from './guard-label.ts'

export type ToWriter =
  /** `count` ExchangeRecords, a line of JSON each, in the first `length` bytes. Unchanged until it is answered. */
  | { type: 'records'; batch: number; count: number; memory: SharedArrayBuffer; length: number }
  | { type: 'revision'; revision: string; source: string; acceptedAt: string }
  | { type: 'cache-limit'; maxBytes: number }
  | { type: 'cache-writes'; batch: number; writes: readonly CacheWrite[] }
  | { type: 'cache-command'; id: number; command: CacheCommand }
  | { type: 'desk-command'; id: number; command: DeskCommand }
  | { type: 'experiment-command'; id: number; command: ExperimentCommand }
  | { type: 'close' }

export type FromWriter =
  /** What an earlier run left in the journal has been stored. */
  | { type: 'ready' }
  /** The batch is committed; `refused` of its records could not be stored at all. */
  | { type: 'stored'; batch: number; refused: number }
  /** The store cannot be written to at the moment, e.g. as the disk is full: send the batch again later. */
  | { type: 'postponed'; batch: number; message: string }
  /** The batch is done with; `failed` of its writes are lost, for this reason. */
  | { type: 'cache-written'; batch: number; failed: number; problem: string | null }
  | { type: 'cache-answer'; id: number; result: unknown }
  | { type: 'cache-answer'; id: number; error: string }
  | { type: 'desk-answer'; id: number; result: unknown }
  | { type: 'desk-answer'; id: number; error: string }
  | { type: 'closed' }

/** What happens to the cache, in order. Nobody waits for it. */
export type CacheWrite =
  /** In place of the entry of the same key, whose hits it keeps. */
  | { type: 'put'; entry: CacheEntry; vector: SpaceVector | null }
  | { type: 'hits'; key: CacheHash; count: number; at: number }
  /** For an entry that is there already; nothing where it is gone. */
  | { type: 'vector'; key: CacheHash; vector: SpaceVector }
  | { type: 'look-up'; lookUp: LookUp }
  /** What the answer from upstream was to a look-up that was sent there to compare. */
  | { type: 'check'; requestId: string; freshAnswer: string; agreement: Agreement; at: number }

/**
 * What is asked of the cache's store, with the answers of `CacheAnswers`. What a person asks for stands in the audit
 * trail, with who it was (`actor`), before it is answered.
 */
export type CacheCommand =
  | { type: 'review'; lookUp: number; review: Review; actor: string; at: number }
  | { type: 'purge'; selection: CacheSelection; actor: string; at: number }
  | { type: 'sweep'; now: number }
  | { type: 'drop-space'; space: string }

export interface CacheAnswers {
  /** `null` where there is no such look-up. */
  review: Reviewed | null
  purge: Removed
  sweep: Swept
  'drop-space': { vectors: number }
}

/** A look-up that a person has judged, as the error control wants to know it. */
export interface Reviewed {
  tenant: string
  route: string
  space: string
  key: CacheHash
  similarity: number
  review: Review
}

export interface Removed {
  entries: number
  bytes: number
}

export interface Swept {
  /** Past the time for which they were kept. */
  expired: Removed
  /** For want of room. */
  evicted: Removed
  /** Vectors of entries that are not fresh any more. */
  vectors: number
  lookUps: number
}

export interface ToReader {
  id: number
  query: string
  args: readonly unknown[]
}

export type FromReader = { id: number; result: unknown } | { id: number; error: string }

/** Given to both threads as `workerData`. */
export interface ThreadData {
  file: string
  version: string
  /** Where sqlite-vec's library lies, if not in its package. */
  vectorLibrary?: string
}
