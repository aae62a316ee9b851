import type { Clock } from '../core/clock.ts'

/** How much of the past still counts after one more call: about the last hundred do. */
const KEPT = 0.99

interface Load {
  underWay: number
  /** Up to when `busyMs` has been counted. */
  countedTo: number
  /** Time in which any call was under way, and the sum of all calls' times, both fading alike. */
  busyMs: number
  servedMs: number
}

/**
 * Which part of a machine's time a call takes while others share it: a server that works on eight calls at once is
 * not paid for eight times. By the utilisation law it is the time that the machine was busy, over the sum of the
 * times that the calls took.
 */
export class MachineShare {
  readonly #clock: Clock
  readonly #loads = new Map<string, Load>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  start(provider: string): void {
    const now = this.#clock.now()
    const load = this.#loads.get(provider)
    if (!load) this.#loads.set(provider, { underWay: 1, countedTo: now, busyMs: 0, servedMs: 0 })
    else {
      if (load.underWay === 0) load.countedTo = now
      load.underWay += 1
    }
  }

  /** A call is over that the machine worked on for `servedMs`. */
  end(provider: string, servedMs: number): void {
    const load = this.#loads.get(provider)
    if (!load || load.underWay === 0) return
    const now = this.#clock.now()
    load.busyMs = load.busyMs * KEPT + (now - load.countedTo)
    load.servedMs = load.servedMs * KEPT + servedMs
    load.countedTo = now
    load.underWay -= 1
  }

  /** 1 for one call at a time, and where nothing is known. */
  of(provider: string): number {
    const load = this.#loads.get(provider)
    return load && load.servedMs > 0 ? Math.min(1, load.busyMs / load.servedMs) : 1
  }
}
