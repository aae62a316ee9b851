import type { Worker } from 'node:worker_threads'
import type { ExchangeRecord } from '../core/record.ts'
import type { FromWriter, ToWriter } from '../core/thread-messages.ts'

const BATCH_MS = 50
const MOST_PER_BATCH = 256
/** Records that may wait, together with those on their way; further ones are dropped and counted. */
const MOST_WAITING = 50_000
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

/**
 * Hands records to the writer thread in batches of texts, which cost the main thread a fraction of cloned objects.
 * A batch is kept until the writer says it is committed and sent again if the writer fails.
 */
export class Recorder {
  readonly #spawn: () => Worker
  readonly #onProblem: (message: string) => void
  #worker: Worker
  #texts: string[] = []
  #timer: NodeJS.Timeout | undefined
  #nextBatch = 1
  readonly #sent = new Map<number, { text: string; count: number }>()
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

  /** `spawn` starts a writer thread; `onProblem` is told in words when storing fails. */
  constructor(spawn: () => Worker, onProblem: (message: string) => void) {
    this.#spawn = spawn
    this.#onProblem = onProblem
    this.#worker = this.#start()
  }

  get status(): RecorderStatus {
    const waiting = this.#texts.length + this.#sentRecords
    return { waiting, stored: this.#stored, dropped: this.#dropped, problem: this.#problem }
  }

  append(record: ExchangeRecord): void {
    if (this.#texts.length + this.#sentRecords >= MOST_WAITING) {
      this.#dropped += 1
      return
    }
    this.#texts.push(JSON.stringify(record))
    if (this.#texts.length >= MOST_PER_BATCH) this.#send()
    else this.#timer ??= setTimeout(() => this.#send(), BATCH_MS)
  }

  revision(revision: string, source: string): void {
    this.#post({ type: 'revision', revision, source, acceptedAt: new Date().toISOString() })
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
    if (this.#texts.length === 0) return
    const batch = this.#nextBatch++
    const count = this.#texts.length
    const text = `[${this.#texts.join(',')}]`
    this.#texts = []
    this.#sent.set(batch, { text, count })
    this.#sentRecords += count
    this.#post({ type: 'records', batch, count, text })
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
    for (const [batch, sent] of this.#sent) this.#post({ type: 'records', batch, ...sent })
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
        this.#problem = null
        if (message.refused > 0) this.#report(`${message.refused} records could not be stored`)
        if (this.#sent.size === 0) for (const resolve of this.#idle.splice(0)) resolve()
        return
      }
      case 'postponed': {
        this.#report(message.message)
        setTimeout(() => {
          const sent = this.#sent.get(message.batch)
          if (sent) this.#post({ type: 'records', batch: message.batch, ...sent })
        }, POSTPONE_MS)
        return
      }
      case 'closed':
        this.#closing?.resolve()
    }
  }

  #report(message: string): void {
    if (message === this.#problem) return
    this.#problem = message
    this.#onProblem(message)
  }
}
