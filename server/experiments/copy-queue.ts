import type { SkipReason } from '../core/experiment.ts'

/** Copies that may wait for their turn, and how much of memory with them. */
const MOST_WAITING = 256
const MOST_BYTES = 64 * 1024 * 1024
/** How long a copy waits for the gateway to be idle. */
const LONGEST_WAIT_MS = 10 * 60_000
/** How often is looked whether it is. */
const LOOK_MS = 100

/** One copy that waits. */
export interface WaitingCopy {
  bytes: number
  /** Copies of one group under way at once, as its policy says now. */
  group: string
  maxConcurrency: number
  needsIdle: boolean
  run(): Promise<void>
  skip(why: SkipReason): void
}

interface Queued extends WaitingCopy {
  since: number
}

/** Lets copies run when there is room: so many of a group at once and, where they ask for it, only while all is quiet. */
export class CopyQueue {
  readonly #isIdle: () => boolean
  #waiting: Queued[] = []
  #bytes = 0
  readonly #running = new Map<string, number>()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(isIdle: () => boolean) {
    this.#isIdle = isIdle
  }

  get length(): number {
    return this.#waiting.length
  }

  add(copy: WaitingCopy): void {
    if (this.#closed) copy.skip('stopped')
    else if (this.#waiting.length >= MOST_WAITING || this.#bytes + copy.bytes > MOST_BYTES) copy.skip('queue_full')
    else {
      this.#waiting.push({ ...copy, since: performance.now() })
      this.#bytes += copy.bytes
      this.#next()
    }
  }

  /** What waits is skipped; what runs is left alone. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const copy of this.#waiting.splice(0)) copy.skip('stopped')
    this.#bytes = 0
  }

  #next(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const idle = this.#isIdle()
    const now = performance.now()
    const left: Queued[] = []
    for (const copy of this.#waiting) {
      if (now - copy.since > LONGEST_WAIT_MS) this.#leave(copy, () => copy.skip('not_idle'))
      else if ((copy.needsIdle && !idle) || this.#isFull(copy)) left.push(copy)
      else this.#leave(copy, () => this.#start(copy))
    }
    this.#waiting = left
    if (left.length > 0 && !this.#closed) this.#timer = setTimeout(() => this.#next(), LOOK_MS).unref()
  }

  #isFull({ group, maxConcurrency }: WaitingCopy): boolean {
    return (this.#running.get(group) ?? 0) >= maxConcurrency
  }

  #leave(copy: WaitingCopy, then: () => void): void {
    this.#bytes -= copy.bytes
    then()
  }

  #start({ group, run }: WaitingCopy): void {
    this.#running.set(group, (this.#running.get(group) ?? 0) + 1)
    void run().finally(() => {
      const count = this.#running.get(group)! - 1
      if (count === 0) this.#running.delete(group)
      else this.#running.set(group, count)
      if (!this.#closed) this.#next()
    })
  }
}
