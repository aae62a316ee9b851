/**
 * Matches replies of two arms that answer different requests, each request given to an arm by lot, into blocks that hold
 * about as many of each as the traffic brings: at 5 % for the candidate one of its replies against 19 of the baseline, at
 * 50 % one against one. First in, first out.
 *
 * When a block closes, and how many it takes, depends on how many replies have come to each arm and never on what they hold.
 * So within a block the values of an arm are draws like any other of it, whatever the blocks before brought, and the
 * difference of the block's two means has the true difference as its mean. That makes blocks as good as pairs for `Capital`,
 * and hardly anything is lost: of a block of one against r the difference has the variance σ²(1 + 1/r).
 */

export type Arm = 'baseline' | 'candidate'

/** Values of each arm, at least one. */
export interface Block {
  readonly baseline: readonly number[]
  readonly candidate: readonly number[]
}

export class Matcher {
  readonly #waiting = { baseline: new Queue(), candidate: new Queue() }
  #blocks = 0

  /** Takes a value and returns the block that it completes, if it completes one. */
  push(arm: Arm, value: number): Block | null {
    this.#waiting[arm].add(value)
    const { baseline, candidate } = this.#waiting
    const fromBaseline = this.#due(baseline, candidate)
    const fromCandidate = this.#due(candidate, baseline)
    if (baseline.length < fromBaseline || candidate.length < fromCandidate) return null
    this.#blocks += 1
    return { baseline: baseline.take(fromBaseline), candidate: candidate.take(fromCandidate) }
  }

  /** So many that all blocks together will have taken the arm's share of the traffic, fractions carried over. */
  #due(own: Queue, other: Queue): number {
    const share = Math.max(1, own.added / Math.max(1, other.added))
    return Math.max(1, Math.floor((this.#blocks + 1) * share) - own.taken)
  }
}

class Queue {
  #values: number[] = []
  #first = 0
  taken = 0

  get length(): number {
    return this.#values.length - this.#first
  }

  get added(): number {
    return this.taken + this.length
  }

  add(value: number): void {
    this.#values.push(value)
  }

  take(count: number): number[] {
    const values = this.#values.slice(this.#first, this.#first + count)
    this.#first += count
    this.taken += count
    if (this.#first * 2 > this.#values.length) {
      this.#values = this.#values.slice(this.#first)
      this.#first = 0
    }
    return values
  }
}
