/** Work that is done step by step, so that messages come between: each `yield` is such a moment. */
export type Job<T> = () => Generator<void, T>

interface Waiting {
  name: string | null
  start: Job<unknown>
  resolve(result: unknown): void
  reject(error: unknown): void
}

/** Jobs of a thread, one after the other. */
export class Jobs {
  readonly #waiting: Waiting[] = []
  #running: Generator<void, unknown> | null = null
  #next: NodeJS.Immediate | undefined
  #stopped = false

  /** Resolves with what the job returns. */
  add<T>(start: Job<T>): Promise<T> {
    return this.#enqueue(null, start)
  }

  /** A job that nobody waits for; nothing while one of the same name waits to begin. Errors are the next one's to see. */
  addOnce(name: string, start: Job<unknown>): void {
    if (this.#waiting.some((job) => job.name === name)) return
    this.#enqueue(name, start).catch(() => {})
  }

  /** No step is done any more. */
  stop(): void {
    this.#stopped = true
    clearImmediate(this.#next)
  }

  #enqueue<T>(name: string | null, start: Job<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ name, start, resolve: resolve as (result: unknown) => void, reject })
      if (this.#running === null) this.#begin()
    })
  }

  #begin(): void {
    const job = this.#waiting.shift()
    if (!job || this.#stopped) return
    const running = job.start()
    this.#running = running
    const step = () => {
      try {
        const { done, value } = running.next()
        if (!done) {
          this.#next = setImmediate(step)
          return
        }
        job.resolve(value)
      } catch (error) {
        job.reject(error)
      }
      this.#running = null
      this.#begin()
    }
    this.#next = setImmediate(step)
  }
}
