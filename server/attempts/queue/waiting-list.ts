import { PRIORITIES, type Priority } from '../../core/policy.ts'
import { FairQueue } from './fair-queue.ts'
import type { Flow, Waiter } from './flow.ts'
import type { QueueAsk } from './slot.ts'

/** A class that is passed over for so long … */
const LIFT_MS = 15_000
/** … and so often is served once as if it were one higher; each time that again passes, one more. */
const LIFT_PASSED = 4

interface Class {
  readonly queue: FairQueue
  /** When one of it last went, or somebody began to wait where nobody did. */
  since: number
  /** Requests of other classes that went since. */
  passed: number
}

/** What the order of a provider's waiting requests depends on. */
export interface TakingTurns {
  loadedModel: string | null
  affinity: number
  /** What a call is expected to take. */
  spacingMs: number
}

/**
 * Who waits for a provider, and who goes next: high before normal before low, each class as `FairQueue` says. So that
 * no class starves, one that was passed over for 15 s and by four requests counts as one class higher, after 30 s and
 * eight as two, and goes before the class that it then equals; once one of it has gone it counts anew. So a flood of
 * old batch requests never stands in the way of urgent ones, and still one of it goes at least after 30 s or eight
 * others, whichever is later (and a normal one first, where one is due as well).
 */
export class WaitingList {
  readonly #classes: readonly Class[] = PRIORITIES.map(() => ({ queue: new FairQueue(), since: 0, passed: 0 }))

  get length(): number {
    let sum = 0
    for (const { queue } of this.#classes) sum += queue.length
    return sum
  }

  add(waiter: Waiter): void {
    const own = this.#of(waiter.ask.priority)
    if (own.queue.length === 0) {
      own.since = waiter.since
      own.passed = 0
    }
    own.queue.add(waiter)
  }

  remove(waiter: Waiter): void {
    this.#of(waiter.ask.priority).queue.remove(waiter)
  }

  /** Takes out who goes next; nobody is `null`. */
  take(now: number, { loadedModel, affinity, spacingMs }: TakingTurns): Waiter | null {
    const next = this.#next(now)
    if (next === null) return null
    for (const each of this.#classes) each.passed += 1
    next.since = now
    next.passed = 0
    return next.queue.take(loadedModel, affinity, spacingMs)
  }

  /** A call begins, whether or not it waited. */
  begin(ask: Pick<QueueAsk, 'tenant' | 'priority'>, expectedMs: number): Flow {
    return this.#of(ask.priority).queue.begin(ask.tenant, expectedMs)
  }

  end(priority: Priority, flow: Flow, correctionMs: number): void {
    this.#of(priority).queue.end(flow, correctionMs)
  }

  /** How many would go before such a request if it came now, and nobody else came. */
  ahead(ask: Pick<QueueAsk, 'tenant' | 'priority'>, spacingMs: number): number {
    const own = PRIORITIES.indexOf(ask.priority)
    let sum = this.#classes[own]!.queue.ahead(ask.tenant, spacingMs)
    for (const { queue } of this.#classes.slice(0, own)) sum += queue.length
    return sum
  }

  /**
   * Whose place an arrival takes when all are taken: the newest of whoever has most waiting, in the lowest class below
   * its own, else in its own class where that tenant has at least two more than the arrival's. `null`: nobody's.
   */
  displacedBy(ask: Pick<QueueAsk, 'tenant' | 'priority'>): Waiter | null {
    const own = PRIORITIES.indexOf(ask.priority)
    for (let index = PRIORITIES.length - 1; index > own; index -= 1) {
      const greediest = this.#classes[index]!.queue.greediest()
      if (greediest !== null) return greediest.waiters.last
    }
    const { queue } = this.#classes[own]!
    const greediest = queue.greediest()
    if (greediest === null || greediest.waiters.length < queue.places(ask.tenant) + 2) return null
    return greediest.waiters.last
  }

  /** Clock milliseconds since which somebody waits. */
  oldestSince(): number | null {
    let oldest: number | null = null
    for (const { queue } of this.#classes) {
      const since = queue.oldestSince()
      if (since !== null && (oldest === null || since < oldest)) oldest = since
    }
    return oldest
  }

  #of(priority: Priority): Class {
    return this.#classes[PRIORITIES.indexOf(priority)]!
  }

  #next(now: number): Class | null {
    let best: Class | null = null
    let bestLevel = Number.POSITIVE_INFINITY
    for (const [index, each] of this.#classes.entries()) {
      if (each.queue.length === 0) continue
      const lifted = Math.min(Math.floor((now - each.since) / LIFT_MS), Math.floor(each.passed / LIFT_PASSED))
      const level = Math.max(0, index - lifted)
      if (level > bestLevel) continue
      best = each
      bestLevel = level
    }
    return best
  }
}
