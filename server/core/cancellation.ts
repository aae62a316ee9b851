/** Tells whoever works for a request that nobody waits for it any more. Lighter than an AbortSignal. */
export class Cancellation {
  #listener: (() => void) | null = null
  cancelled = false

  cancel(): void {
    if (this.cancelled) return
    this.cancelled = true
    this.#listener?.()
  }

  /** One listener at a time: whoever holds the work. `null` takes it away. */
  set onCancel(listener: (() => void) | null) {
    this.#listener = listener
  }

  /** Resolves after `ms`, or at once when cancelled. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#listener = null
        resolve()
      }
      const timer = setTimeout(done, ms)
      if (this.cancelled) done()
      else this.#listener = done
    })
  }
}
