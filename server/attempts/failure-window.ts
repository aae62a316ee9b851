const SLOTS = 10

/**
 * Attempts and failures of the last `windowMs`, counted in ten slots: what is older than the window never counts, and
 * of its first tenth only a part does.
 */
export class FailureWindow {
  readonly #slotMs: number
  readonly #attempts = new Array<number>(SLOTS).fill(0)
  readonly #failures = new Array<number>(SLOTS).fill(0)
  /** Number of the newest slot, counted from the clock's zero. */
  #slot = 0
  #attemptSum = 0
  #failureSum = 0

  constructor(windowMs: number) {
    this.#slotMs = windowMs / SLOTS
  }

  add(now: number, failed: boolean): void {
    this.#turn(now)
    this.#attempts[this.#slot % SLOTS]! += 1
    this.#attemptSum += 1
    if (!failed) return
    this.#failures[this.#slot % SLOTS]! += 1
    this.#failureSum += 1
  }

  attempts(now: number): number {
    this.#turn(now)
    return this.#attemptSum
  }

  failures(now: number): number {
    this.#turn(now)
    return this.#failureSum
  }

  clear(): void {
    this.#attempts.fill(0)
    this.#failures.fill(0)
    this.#attemptSum = 0
    this.#failureSum = 0
  }

  #turn(now: number): void {
    const slot = Math.floor(now / this.#slotMs)
    for (let over = Math.max(this.#slot + 1, slot - SLOTS + 1); over <= slot; over += 1) {
      this.#attemptSum -= this.#attempts[over % SLOTS]!
      this.#failureSum -= this.#failures[over % SLOTS]!
      this.#attempts[over % SLOTS] = 0
      this.#failures[over % SLOTS] = 0
    }
    this.#slot = slot
  }
}
