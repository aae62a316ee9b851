/** Requests whose ends are remembered. */
const WINDOW = 50
const MS_PER_MINUTE = 60_000

/** How fast a run goes, by its latest requests. Times are milliseconds. */
export class Rate {
  /** Of the start, and of the latest ends. */
  readonly #times: number[]

  constructor(now: number) {
    this.#times = [now]
  }

  /** A request has come to its end. */
  note(now: number): void {
    this.#times.push(now)
    if (this.#times.length > WINDOW) this.#times.shift()
  }

  /** `null` while nothing has come to its end. It falls while nothing does. */
  perMinute(now: number): number | null {
    const ends = this.#times.length - 1
    const ms = now - this.#times[0]!
    return ends === 0 || ms <= 0 ? null : (ends * MS_PER_MINUTE) / ms
  }
}
