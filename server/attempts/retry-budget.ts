import type { Clock } from '../core/clock.ts'
import { RecentMap } from './recent-map.ts'

/** How long a request's deposit can be drawn. */
const LIFETIME_MS = 10_000
const SLOTS = 10
const SLOT_MS = LIFETIME_MS / SLOTS

/** For routes with few requests. */
const RESERVE = 10
const RESERVE_PER_MS = 1 / 10_000

/** Routes whose budget is kept. */
const MOST_ROUTES = 1000

/** Sums of shares such as ten times 0.1 may miss a whole number by this much. */
const ROUNDING = 1e-9

/**
 * What a route may spend on retries and hedges. Each request deposits `share` tokens, which are gone after ten seconds
 * (one less at most); a retry costs one, of the oldest deposits first, else of a reserve of 10 that grows again by one
 * in ten seconds. So in any span of T seconds, retries ≤ share × requests (of the span and the ten seconds before it)
 * + 10 + T / 10: however bad the hour, traffic grows by `share`, and a good hour cannot be saved up.
 * After Finagle's RetryBudget (https://twitter.github.io/finagle/guide/Clients.html#retries) and gRPC's retry
 * throttling (https://github.com/grpc/proposal/blob/master/A6-client-retries.md).
 */
export class RetryBudget {
  /** Tokens per request; 0: only the reserve. */
  share: number
  readonly #clock: Clock
  /** Tokens left of each slot's deposits, as a ring. */
  readonly #deposits = new Array<number>(SLOTS).fill(0)
  /** Number of the slot that `now` is in, counted from the clock's zero. */
  #slot = 0
  #reserve = RESERVE
  #reservedAt: number

  constructor(clock: Clock, share: number) {
    this.#clock = clock
    this.share = share
    this.#reservedAt = clock.now()
  }

  get tokens(): number {
    this.#turn()
    return this.#sum() + this.#reserve
  }

  /** Once per request. */
  deposit(): void {
    this.#turn()
    this.#deposits[this.#slot % SLOTS]! += this.share
  }

  /** Asks to make one retry or hedge; where it answers false, none is to be made. */
  withdraw(): boolean {
    this.#turn()
    if (this.#sum() + this.#reserve < 1 - ROUNDING) return false
    let due = 1
    for (let slot = this.#slot + 1; slot <= this.#slot + SLOTS; slot += 1) {
      const taken = Math.min(due, this.#deposits[slot % SLOTS]!)
      this.#deposits[slot % SLOTS]! -= taken
      due -= taken
    }
    this.#reserve = Math.max(0, this.#reserve - due)
    return true
  }

  #sum(): number {
    let sum = 0
    for (const tokens of this.#deposits) sum += tokens
    return sum
  }

  /** Empties the slots whose time is over, and lets the reserve grow. */
  #turn(): void {
    const now = this.#clock.now()
    this.#reserve = Math.min(RESERVE, this.#reserve + (now - this.#reservedAt) * RESERVE_PER_MS)
    this.#reservedAt = now
    const slot = Math.floor(now / SLOT_MS)
    for (let over = Math.max(this.#slot + 1, slot - SLOTS + 1); over <= slot; over += 1)
      this.#deposits[over % SLOTS] = 0
    this.#slot = slot
  }
}

/** The budgets of all routes; what was not asked for the longest time begins anew. */
export class RetryBudgets {
  readonly #clock: Clock
  readonly #budgets = new RecentMap<RetryBudget>(MOST_ROUTES)

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The same budget for the same route; a changed share holds from the next deposit. */
  of(route: string, share: number): RetryBudget {
    const budget = this.#budgets.get(route, () => new RetryBudget(this.#clock, share))
    budget.share = share
    return budget
  }
}
