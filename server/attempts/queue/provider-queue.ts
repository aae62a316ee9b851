import type { Clock } from '../../core/clock.ts'
import type { QueuePolicy } from '../../core/policy.ts'
import { Waiter } from './flow.ts'
import { GradientLimit } from './gradient-limit.ts'
import { LinkedList } from './linked-list.ts'
import { MovingAverage } from './moving-average.ts'
import { estimateWait, RunningSlot } from './running-slot.ts'
import { displaced, full, outOfTime, tooLate, tooLong, waitedOut } from './shedding.ts'
import type { QueueAsk, QueueStatus, Slot, SlotResult } from './slot.ts'
import { WaitingList } from './waiting-list.ts'

/** Calls that the average duration is of. */
const AVERAGE_SPAN = 20
/** What a call is expected to take before one has ended. */
const UNKNOWN_MS = 1000
/** Timers cannot be set for longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * The calls to one provider: as many at a time as it bears, the others wait their turn (`WaitingList` says whose it is).
 * Nobody waits in vain: who would wait past its deadline or for longer than `maxWaitMs` is refused at once.
 */
export class ProviderQueue {
  readonly #name: string
  readonly #clock: Clock
  #policy: QueuePolicy
  #gradient: GradientLimit | null
  readonly #waiting = new WaitingList()
  /** The oldest first. */
  readonly #slots = new LinkedList<RunningSlot>()
  readonly #durations = new MovingAverage(AVERAGE_SPAN)
  /** Slot milliseconds held by all calls up to `#heldAt`. */
  #heldMs = 0
  #heldAt = 0
  #loadedModel: string | null = null
  #shed = 0
  #order = 0

  constructor(name: string, policy: QueuePolicy, clock: Clock) {
    this.#name = name
    this.#clock = clock
    this.#policy = policy
    this.#gradient = policy.adaptive ? new GradientLimit(policy.maxConcurrency) : null
  }

  /**
   * Takes effect at once for limits; who waits already keeps its place and its time. What an adaptive limit has learned
   * is kept.
   */
  configure(policy: QueuePolicy): void {
    this.#policy = policy
    if (!policy.adaptive) this.#gradient = null
    else if (this.#gradient) this.#gradient.bound(policy.maxConcurrency)
    else this.#gradient = new GradientLimit(policy.maxConcurrency)
    this.#dispatch()
  }

  /**
   * A slot where one is free, else a promise of one. Throws or rejects with `overloaded` (with `retryAfterMs`), with
   * `deadline_exceeded`, or with what the request was cancelled for. A slot that has been given must be released, also
   * when the request is cancelled before its promise is read.
   */
  enter(ask: QueueAsk): Slot | Promise<Slot> {
    if (ask.cancellation.reason !== null) throw ask.cancellation.reason
    const now = this.#clock.now()
    if (now >= ask.deadline) throw this.#refused(outOfTime(this.#name))
    if (this.#slots.length < this.#limit) return this.#begin(ask, now, now)
    this.#admit(ask, now)
    return this.#wait(ask, now)
  }

  get status(): QueueStatus {
    const limit = this.#limit
    const oldest = this.#waiting.oldestSince()
    return {
      running: this.#slots.length,
      waiting: this.#waiting.length,
      limit: limit === Number.POSITIVE_INFINITY ? null : limit,
      loadedModel: this.#loadedModel,
      shed: this.#shed,
      averageMs: this.#durations.value,
      oldestWaitMs: oldest === null ? null : this.#clock.now() - oldest,
    }
  }

  /**
   * Milliseconds that a request of this tenant and class would wait if it came now and nobody came after it; 0 when a
   * slot is free, or as long as no call has ended.
   */
  estimateWaitMs(ask: Pick<QueueAsk, 'tenant' | 'priority' | 'model'>): number {
    const averageMs = this.#durations.value
    if (averageMs === null || this.#slots.length < this.#limit) return 0
    const ahead = this.#waiting.ahead(ask, this.#expectedMs)
    return estimateWait(this.#slots, this.#limit, ahead, averageMs, this.#clock.now())
  }

  get #limit(): number {
    return this.#gradient?.limit ?? this.#policy.maxConcurrency ?? Number.POSITIVE_INFINITY
  }

  get #expectedMs(): number {
    return Math.max(1, this.#durations.value ?? UNKNOWN_MS)
  }

  #begin(ask: QueueAsk, since: number, now: number): RunningSlot {
    this.#count(now)
    const chargedMs = this.#expectedMs
    const flow = this.#waiting.begin(ask, chargedMs)
    const slot = new RunningSlot(
      {
        waitedMs: now - since,
        startedAt: now,
        running: this.#slots.length + 1,
        heldBefore: this.#heldMs,
        priority: ask.priority,
        flow,
        chargedMs,
      },
      this.#released,
    )
    this.#slots.push(slot)
    this.#loadedModel = ask.model
    return slot
  }

  readonly #released = (slot: RunningSlot, result: SlotResult | null) => {
    const now = this.#clock.now()
    this.#count(now)
    const heldMs = now - slot.startedAt
    this.#slots.remove(slot)
    this.#waiting.end(slot.priority, slot.flow, heldMs - slot.chargedMs)
    if (result !== null) {
      this.#durations.add(heldMs)
      const { startedAt, running } = slot
      const meanRunning = heldMs > 0 ? (this.#heldMs - slot.heldBefore) / heldMs : running
      this.#gradient?.ended(result, { startedAt, endedAt: now, running, meanRunning })
    }
    this.#dispatch()
  }

  #count(now: number): void {
    this.#heldMs += this.#slots.length * (now - this.#heldAt)
    this.#heldAt = now
  }

  #dispatch(): void {
    const now = this.#clock.now()
    while (this.#slots.length < this.#limit) {
      const { affinity } = this.#policy
      const next = this.#waiting.take(now, {
        loadedModel: this.#loadedModel,
        affinity,
        spacingMs: this.#expectedMs,
      })
      if (next === null) return
      next.forget()
      next.resolve(this.#begin(next.ask, next.since, now))
    }
  }

  /** Makes sure that there is a place for it to wait, or throws. */
  #admit(ask: QueueAsk, now: number): void {
    const { maxWaiting, maxWaitMs } = this.#policy
    const estimateMs = this.estimateWaitMs(ask)
    const isFull = this.#waiting.length >= maxWaiting
    const victim = isFull ? this.#waiting.displacedBy(ask) : null
    if (isFull && victim === null) throw this.#refused(full(this.#name, this.#waiting.length, estimateMs))
    if (estimateMs > maxWaitMs) throw this.#refused(tooLong(this.#name, estimateMs, maxWaitMs))
    if (now + estimateMs > ask.deadline) throw this.#refused(tooLate(this.#name, estimateMs, ask.deadline - now))
    if (victim !== null) this.#drop(victim, displaced(this.#name, this.estimateWaitMs(victim.ask)))
  }

  #wait(ask: QueueAsk, now: number): Promise<Slot> {
    return new Promise((resolve, reject) => {
      this.#order += 1
      const waiter = new Waiter(ask, now, this.#order, resolve, reject)
      this.#waiting.add(waiter)
      const untilMs = Math.min(ask.deadline - now, this.#policy.maxWaitMs)
      const stop = this.#clock.after(Math.min(Math.ceil(untilMs), LONGEST_TIMER_MS), () => this.#timeOut(waiter))
      const off = ask.cancellation.onCancel((reason) => this.#leave(waiter, reason))
      waiter.forget = () => {
        stop()
        off()
      }
    })
  }

  #timeOut(waiter: Waiter): void {
    const now = this.#clock.now()
    if (Math.ceil(now) >= waiter.ask.deadline) this.#drop(waiter, outOfTime(this.#name))
    else this.#drop(waiter, waitedOut(this.#name, now - waiter.since, this.estimateWaitMs(waiter.ask)))
  }

  /** Refuses one that waits. */
  #drop(waiter: Waiter, error: Error): void {
    this.#leave(waiter, this.#refused(error))
  }

  #leave(waiter: Waiter, error: Error): void {
    this.#waiting.remove(waiter)
    waiter.forget()
    waiter.reject(error)
  }

  /** Counted. */
  #refused<E extends Error>(error: E): E {
    this.#shed += 1
    return error
  }
}
