/** Time, so that tests can make their own. */
export interface Clock {
  /** Milliseconds that only grow, as `performance.now()`. */
  now(): number
  /** Calls back once after so many milliseconds; returns what takes that back. */
  after(ms: number, callback: () => void): () => void
}

/** The machine's own time. */
export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
