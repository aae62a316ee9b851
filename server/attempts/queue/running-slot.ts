import type { Priority } from '../../core/policy.ts'
import type { Flow } from './flow.ts'
import type { Linked } from './linked-list.ts'
import type { Slot, SlotResult } from './slot.ts'

/** A slot that is taken, and what the queue has to know to take it back. */
export class RunningSlot implements Slot, Linked<RunningSlot> {
  previous: RunningSlot | null = null
  next: RunningSlot | null = null
  readonly waitedMs: number
  /** Clock milliseconds. */
  readonly startedAt: number
  /** Slots that were taken when this one was, itself included. */
  readonly running: number
  /** The queue's sum of slot milliseconds at `startedAt`. */
  readonly heldBefore: number
  readonly priority: Priority
  readonly flow: Flow
  readonly chargedMs: number
  readonly #released: (slot: RunningSlot, result: SlotResult | null) => void
  #free = false

  constructor(
    facts: Pick<RunningSlot, 'waitedMs' | 'startedAt' | 'running' | 'heldBefore' | 'priority' | 'flow' | 'chargedMs'>,
    released: (slot: RunningSlot, result: SlotResult | null) => void,
  ) {
    this.waitedMs = facts.waitedMs
    this.startedAt = facts.startedAt
    this.running = facts.running
    this.heldBefore = facts.heldBefore
    this.priority = facts.priority
    this.flow = facts.flow
    this.chargedMs = facts.chargedMs
    this.#released = released
  }

  release(result: SlotResult | null): void {
    if (this.#free) return
    this.#free = true
    this.#released(this, result)
  }
}

/**
 * Milliseconds until a slot is free for one that has `ahead` requests before it, were every call to take `averageMs`.
 * Calls that have run longer than that are expected to end at once, so that the estimate is rather too short.
 */
export function estimateWait(
  slots: { first: RunningSlot | null; length: number },
  limit: number,
  ahead: number,
  averageMs: number,
  now: number,
): number {
  // Slots are released by age; of those above the limit nobody has any good.
  const excess = Math.max(0, slots.length - limit)
  const rounds = Math.floor(ahead / limit)
  let slot = slots.first
  for (let steps = excess + (ahead % limit); steps > 0 && slot !== null; steps -= 1) slot = slot.next
  const left = slot === null ? 0 : Math.max(0, averageMs - (now - slot.startedAt))
  return left + rounds * averageMs
}
