import { GatewayError } from './errors.ts'

/** Tells whoever works for a request that nobody waits for it any more. Lighter than an AbortSignal. */
export class Cancellation {
  readonly #listeners = new Set<(reason: GatewayError) => void>()
  /** Why; `null` while somebody waits. */
  reason: GatewayError | null = null

  get cancelled(): boolean {
    return this.reason !== null
  }

  cancel(reason: GatewayError = new GatewayError('client_gone', 'The client went away.')): void {
    if (this.reason !== null) return
    this.reason = reason
    for (const listener of [...this.#listeners]) listener(reason)
    this.#listeners.clear()
  }

  /** Calls back once when cancelled, at once where that has happened; returns what takes the listener away. */
  onCancel(listener: (reason: GatewayError) => void): () => void {
    if (this.reason !== null) {
      listener(this.reason)
      return () => {}
    }
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** One that is cancelled with this one, and can be by itself. */
  child(): Cancellation {
    const child = new Cancellation()
    this.onCancel((reason) => child.cancel(reason))
    return child
  }

  /** Resolves after `ms`, or at once when cancelled. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        off()
        resolve()
      }
      const timer = setTimeout(done, ms)
      let off = () => {}
      off = this.onCancel(done)
    })
  }
}
