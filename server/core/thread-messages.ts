/** What the main thread and the store's threads say to each other. */

export type ToWriter =
  /** `count` ExchangeRecords, a line of JSON each, in the first `length` bytes. Unchanged until it is answered. */
  | { type: 'records'; batch: number; count: number; memory: SharedArrayBuffer; length: number }
  | { type: 'revision'; revision: string; source: string; acceptedAt: string }
  | { type: 'close' }

export type FromWriter =
  /** What an earlier run left in the journal has been stored. */
  | { type: 'ready' }
  /** The batch is committed; `refused` of its records could not be stored at all. */
  | { type: 'stored'; batch: number; refused: number }
  /** The store cannot be written to at the moment, e.g. as the disk is full: send the batch again later. */
  | { type: 'postponed'; batch: number; message: string }
  | { type: 'closed' }

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
}
