import type { Worker } from 'node:worker_threads'
import type { ExchangeRecord } from '../core/record.ts'
import type { FromWriter, ToWriter } from '../core/thread-messages.ts'
import { addText, type Batch, BatchPool } from './batch.ts'

const BATCH_MS = 50
const MOST_PER_BATCH = 256
/** Records that may wait, together with those on their way; further ones are dropped and counted. */
const MOST_WAITING = 50_000
/** Empty batches kept for the next ones. */
const MOST_KEPT = 8
const POSTPONE_MS = 1000
const RESTART_MS = 500

export interface RecorderStatus {
  /** Records that are not in the store yet. */
  waiting: number
  stored: number
  /** Never stored: the queue was full, or the store refused the record. */
  dropped: number
  /** Why the store could not be written to, while that lasts. */
  problem: string | null
}

/** Another part of the store that shares the recorder's thread. */
export interface WriterPartner {
  hear(message: FromWriter): void
  /** The thread failed and was started again: what it has not answered never arrived, or was lost. */
  restarted(): void
}

/**
 * Hands records to the writer thread in batches of texts, which cost the main thread a fraction of cloned objects.
 * A batch is kept until the writer says it is committed and sent again if the writer fails.
 */
export class Recorder {
  readonly #spawn: () => Worker
  readonly #onProblem: (message: string) => void
  #worker: Worker
  readonly #pool = new BatchPool(MOST_KEPT)
  #filling: Batch | null = null
  #timer: NodeJS.Timeout | undefined
  #nextBatch = 1
  readonly #sent = new Map<number, Batch>()
  #sentRecords = 0
  #announceReady: () => void = () => {}
  /** Resolves when the store is open and holds all that earlier runs recorded. */
  readonly ready = new Promise<void>((resolve) => {
    this.#announceReady = resolve
  })
  #closing: { resolve: () => void } | null = null
  #idle: (() => void)[] = []
  #stored = 0
  #dropped = 0
  #problem: string | null = null
  readonly #partners: WriterPartner[] = []

  /** `spawn` starts a writer thread; `onProblem` is told in words when storing fails. */
  constructor(spawn: () => Worker, onProblem: (message: string) => void) {
    this.#spawn = spawn
    this.#onProblem = onProblem
    this.#worker = this.#start()
  }

  get status(): RecorderStatus {
    return { waiting: this.#waiting, stored: this.#stored, dropped: this.#dropped, problem: this.#problem }
  }

  get #waiting(): number {
    return (this.#filling?.count ?? 0) + this.#sentRecords
  }

  append(record: ExchangeRecord): void {
    if (this.#waiting >= MOST_WAITING) {
      this.#dropped += 1
      return
    }
    const text = JSON.stringify(record)
    this.#filling ??= this.#pool.take(text.length)
    if (!addText(this.#filling, text)) {
      this.#send()
      this.#filling = this.#pool.take(text.length)
      addText(this.#filling, text)
    }
    if (this.#filling.count >= MOST_PER_BATCH) this.#send()
    else this.#timer ??= setTimeout(() => this.#send(), BATCH_MS)
  }

  revision(revision: string, source: string): void {
    this.#post({ type: 'revision', revision, source, acceptedAt: new Date().toISOString() })
  }

  /** Lets a partner hear the thread. Returns how to speak to it; what is said while it is down is lost. */
  join(partner: WriterPartner): (message: ToWriter) => void {
    this.#partners.push(partner)
    return (message) => this.#post(message)
  }

  /** Resolves when everything appended so far is in the store. */
  flush(): Promise<void> {
    this.#send()
    if (this.#sent.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Stores what waits, closes the store and ends the thread; gives up after `limitMs`. */
  async close(limitMs: number): Promise<void> {
    const limit = new Promise<void>((resolve) => setTimeout(resolve, limitMs).unref())
    await Promise.race([this.flush(), limit])
    await Promise.race([
      new Promise<void>((resolve) => {
        this.#closing = { resolve }
        this.#post({ type: 'close' })
      }),
      limit,
    ])
    await this.#worker.terminate()
  }

  #send(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#filling === null) return
    const number = this.#nextBatch++
    this.#sent.set(number, this.#filling)
    this.#sentRecords += this.#filling.count
    this.#postBatch(number, this.#filling)
    this.#filling = null
  }

  #postBatch(batch: number, { memory, length, count }: Batch): void {
    this.#post({ type: 'records', batch, count, memory, length })
  }

  #post(message: ToWriter): void {
    this.#worker.postMessage(message)
  }

  #start(): Worker {
    const worker = this.#spawn()
    worker.on('message', (message: FromWriter) => this.#hear(message))
    worker.on('error', (error) => this.#report(`the writer thread failed: ${(error as Error).message}`))
    worker.on('exit', () => {
      if (this.#closing) this.#closing.resolve()
      else setTimeout(() => this.#restart(), RESTART_MS)
    })
    return worker
  }

  #restart(): void {
    this.#worker = this.#start()
    for (const [number, batch] of this.#sent) this.#postBatch(number, batch)
    for (const partner of this.#partners) partner.restarted()
  }

  #hear(message: FromWriter): void {
    switch (message.type) {
      case 'ready':
        this.#announceReady()
        return
      case 'stored': {
        const sent = this.#sent.get(message.batch)
        if (!sent) return
        this.#sent.delete(message.batch)
        this.#sentRecords -= sent.count
        this.#stored += sent.count - message.refused
        this.#dropped += message.refused
        this.#pool.giveBack(sent)
        this.#problem = null
        if (message.refused > 0) this.#report(`${message.refused} records could not be stored`)
        if (this.#sent.size === 0) for (const resolve of this.#idle.splice(0)) resolve()
        return
      }
      case 'postponed': {
        this.#report(message.message)
        setTimeout(() => {
          const sent = this.#sent.get(message.batch)
          if (sent) this.#postBatch(message.batch, sent)
        }, POSTPONE_MS)
        return
      }
      case 'closed':
        this.#closing?.resolve()
        return
      default:
        for (const partner of this.#partners) partner.hear(message)
    }
  }

  #report(message: string): void {
    if (message === this.#problem) return
    this.#problem = message
    this.#onProblem(message)
  }
}
