const DAY_MS = 86_400_000
/** Keys of a day; more than a config can hold routes. */
const MOST_KEYS = 10_000

/** What the gateway's own requests have cost today (UTC), by what they were for. */
export class SpendBook {
  readonly #now: () => number
  #day = 0
  #spent = new Map<string, number>()

  /** `now`: milliseconds since the epoch. */
  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Nano-dollars. */
  add(key: string, nano: number): void {
    this.#turn()
    if (this.#spent.has(key) || this.#spent.size < MOST_KEYS) this.#spent.set(key, this.of(key) + nano)
  }

  of(key: string): number {
    this.#turn()
    return this.#spent.get(key) ?? 0
  }

  /** True while less than `limit` nano-dollars were spent; always without a limit. */
  allows(key: string, limit: number | null): boolean {
    return limit === null || this.of(key) < limit
  }

  #turn(): void {
    const day = Math.floor(this.#now() / DAY_MS)
    if (day === this.#day) return
    this.#day = day
    this.#spent = new Map()
  }
}

/** The start of the day (UTC) in milliseconds. */
export function dayStart(now: number): number {
  return Math.floor(now / DAY_MS) * DAY_MS
}
