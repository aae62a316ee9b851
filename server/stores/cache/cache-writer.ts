import type { Agreement, CacheEntry, CacheHash, LookUp, SpaceVector } from '../../core/cache.ts'
import type { CacheAnswers, CacheCommand, CacheWrite, FromWriter, ToWriter } from '../../core/thread-messages.ts'
import { Questions } from '../questions.ts'
import type { WriterPartner } from '../recorder.ts'

const BATCH_MS = 50
/** So much takes each thread some milliseconds at the most. */
const MOST_PER_BATCH = 32
const MOST_BATCH_BYTES = 256 * 1024
/** Content that may wait, together with what is on its way; further writes are dropped and counted. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024
/** Keys whose hits are counted between two batches. */
const MOST_HIT_KEYS = 256
/** What has failed the thread so often is not tried again. */
const MOST_SENDS = 2
/** About what a write takes besides its texts. */
const WRITE_BYTES = 500

export interface CacheWriterStatus {
  /** Writes that are not in the store yet. */
  waiting: number
  waitingBytes: number
  stored: number
  /** Never stored: too much waited, or the thread failed over it. */
  dropped: number
  /** Never stored: the store refused it. */
  failed: number
  /** Why the last ones could not be stored, until some can. */
  problem: string | null
}

interface SentBatch {
  writes: readonly CacheWrite[]
  bytes: number
  sends: number
  done: Settling
}

/** Tells when a batch is in the store, or lost. */
interface Settling {
  promise: Promise<void>
  resolve(): void
}

interface SentCommand {
  command: CacheCommand
  sends: number
}

/**
 * The main thread's way to write to the cache's store: in batches, without waiting. A batch is kept until the writer
 * has answered it and sent again if the thread fails. Losing a write costs a hit, so nothing waits for the disk.
 */
export class CacheWriter implements WriterPartner {
  readonly #post: (message: ToWriter) => void
  #filling: CacheWrite[] = []
  #fillingBytes = 0
  readonly #hits = new Map<CacheHash, { count: number; at: number }>()
  #fillingDone: Settling = Promise.withResolvers<void>()
  /** Contexts of entries that are not in the store yet. */
  readonly #contexts = new Map<CacheHash, Promise<void>>()
  #timer: NodeJS.Timeout | undefined
  #soon: NodeJS.Immediate | undefined
  readonly #sent = new Map<number, SentBatch>()
  readonly #questions = new Questions<SentCommand>()
  #idle: (() => void)[] = []
  #nextId = 1
  #sentWrites = 0
  #sentBytes = 0
  #stored = 0
  #dropped = 0
  #failed = 0
  #problem: string | null = null
  #maxBytes: number | null = null

  constructor(recorder: { join(partner: WriterPartner): (message: ToWriter) => void }) {
    this.#post = recorder.join(this)
  }

  get status(): CacheWriterStatus {
    return {
      waiting: this.#filling.length + this.#hits.size + this.#sentWrites,
      waitingBytes: this.#fillingBytes + this.#sentBytes,
      stored: this.#stored,
      dropped: this.#dropped,
      failed: this.#failed,
      problem: this.#problem,
    }
  }

  /** What all entries with their vectors may take in the store; more is evicted. */
  setMaxBytes(maxBytes: number): void {
    this.#maxBytes = maxBytes
    this.#post({ type: 'cache-limit', maxBytes })
  }

  /** In place of the entry of the same key. */
  put(entry: CacheEntry, vector: SpaceVector | null): void {
    const bytes = 2 * entry.reply.length + 2 * (entry.question?.length ?? 0) + (vector?.vector.byteLength ?? 0)
    const isAdded = this.#add({ type: 'put', entry, vector: vector && ownMemory(vector) }, bytes)
    if (isAdded && entry.context !== null) this.#contexts.set(entry.context, this.#lastDone())
  }

  /** Resolves when the newest entry of a context is in the store; `null` where none is on its way. */
  whenStored(context: CacheHash): Promise<void> | null {
    return this.#contexts.get(context) ?? null
  }

  /** Gives an entry that is there another vector, e.g. of a new embedder. */
  addVector(key: CacheHash, vector: SpaceVector): void {
    this.#add({ type: 'vector', key, vector: ownMemory(vector) }, vector.vector.byteLength)
  }

  noteHit(key: CacheHash, at: number): void {
    const known = this.#hits.get(key)
    if (known) {
      known.count += 1
      known.at = at
    } else if (this.#hits.size < MOST_HIT_KEYS) this.#hits.set(key, { count: 1, at })
    else this.#dropped += 1
    this.#sendSoon()
  }

  noteLookUp(lookUp: LookUp): void {
    this.#add({ type: 'look-up', lookUp }, 2 * (lookUp.question.length + lookUp.cachedQuestion.length))
  }

  /** What upstream answered to the look-up of this request, which was sent there to compare. */
  noteCheck(requestId: string, freshAnswer: string, agreement: Agreement, at: number): void {
    this.#add({ type: 'check', requestId, freshAnswer, agreement, at }, 2 * freshAnswer.length)
  }

  /** Asks after everything that was written so far. Rejects when the store cannot, in its words. */
  ask<T extends CacheCommand['type']>(command: CacheCommand & { type: T }): Promise<CacheAnswers[T]> {
    this.#send()
    return this.#questions.ask({ command, sends: 1 }, (id) => this.#post({ type: 'cache-command', id, command }))
  }

  /** Resolves when everything written so far is in the store, or lost and counted. */
  flush(): Promise<void> {
    this.#send()
    if (this.#sent.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Stores what waits, for at most `limitMs`. To be called before the recorder is closed. */
  async close(limitMs: number): Promise<void> {
    await Promise.race([this.flush(), new Promise<void>((resolve) => setTimeout(resolve, limitMs).unref())])
    this.#questions.fail(new Error('the store is being closed'))
  }

  hear(message: FromWriter): void {
    if (message.type === 'cache-written') this.#settle(message.batch, message.failed, message.problem)
    else if (message.type === 'cache-answer') this.#questions.settle(message)
  }

  restarted(): void {
    if (this.#maxBytes !== null) this.setMaxBytes(this.#maxBytes)
    for (const [batch, sent] of [...this.#sent]) {
      if (sent.sends >= MOST_SENDS) this.#giveUp(batch, sent)
      else {
        sent.sends += 1
        this.#post({ type: 'cache-writes', batch, writes: sent.writes })
      }
    }
    this.#questions.fail(new Error('the writer thread failed'), ({ sends }) => sends >= MOST_SENDS)
    for (const [id, sent] of this.#questions.waiting()) {
      sent.sends += 1
      this.#post({ type: 'cache-command', id, command: sent.command })
    }
  }

  #add(write: CacheWrite, contentBytes: number): boolean {
    const bytes = contentBytes + WRITE_BYTES
    if (this.#fillingBytes + this.#sentBytes + bytes > MOST_WAITING_BYTES) {
      this.#dropped += 1
      return false
    }
    this.#filling.push(write)
    this.#fillingBytes += bytes
    if (this.#filling.length >= MOST_PER_BATCH || this.#fillingBytes >= MOST_BATCH_BYTES) this.#send()
    // While the thread is at work, what comes is gathered until it has answered.
    else if (this.#sent.size === 0) this.#soon ??= setImmediate(() => this.#send())
    return true
  }

  /** Of the batch that was added to last. */
  #lastDone(): Promise<void> {
    return this.#filling.length > 0 ? this.#fillingDone.promise : [...this.#sent.values()].at(-1)!.done.promise
  }

  #sendSoon(): void {
    this.#timer ??= setTimeout(() => this.#send(), BATCH_MS)
  }

  #send(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#soon)
    this.#timer = undefined
    this.#soon = undefined
    for (const [key, hits] of this.#hits) this.#filling.push({ type: 'hits', key, ...hits })
    this.#hits.clear()
    if (this.#filling.length === 0) return
    const batch = this.#nextId++
    const writes = this.#filling
    this.#sent.set(batch, { writes, bytes: this.#fillingBytes, sends: 1, done: this.#fillingDone })
    this.#fillingDone = Promise.withResolvers<void>()
    this.#sentWrites += writes.length
    this.#sentBytes += this.#fillingBytes
    this.#filling = []
    this.#fillingBytes = 0
    this.#post({ type: 'cache-writes', batch, writes })
  }

  #settle(batch: number, failed: number, problem: string | null): void {
    const sent = this.#sent.get(batch)
    if (!sent) return
    this.#forget(batch, sent)
    this.#stored += sent.writes.length - failed
    this.#failed += failed
    this.#problem = problem
  }

  #giveUp(batch: number, sent: SentBatch): void {
    this.#forget(batch, sent)
    this.#dropped += sent.writes.length
  }

  #forget(batch: number, sent: SentBatch): void {
    this.#sent.delete(batch)
    this.#sentWrites -= sent.writes.length
    this.#sentBytes -= sent.bytes
    for (const [context, stored] of this.#contexts) if (stored === sent.done.promise) this.#contexts.delete(context)
    sent.done.resolve()
    if (this.#filling.length > 0) this.#send()
    if (this.#sent.size === 0) for (const resolve of this.#idle.splice(0)) resolve()
  }
}

/** A view is copied to another thread with all the memory it looks into. */
function ownMemory({ space, vector }: SpaceVector): SpaceVector {
  return { space, vector: vector.byteLength === vector.buffer.byteLength ? vector : vector.slice() }
}
