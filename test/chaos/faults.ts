import { type Random, seeded } from '../core/random.ts'

/** What can go wrong with a connection before anything is asked on it. */
export type ConnectionFault =
  | { kind: 'reset-at-connect' }
  /** It accepts and reads, but after so many replies nothing comes any more, not even the end of the connection. */
  | { kind: 'half-open'; replies: number }

/** What can go wrong with one request. Where it is in the middle, half of the reply has been sent. */
export type RequestFault =
  | { kind: 'status'; status: number; retryAfter?: string }
  /** Accepted, never answered. */
  | { kind: 'stall' }
  /** The head of a stream comes at once, its first content late. */
  | { kind: 'slow-start'; ms: number }
  | { kind: 'drip'; bytes: number; everyMs: number }
  | { kind: 'reset'; at: 'request' | 'middle' }
  /** In the middle: the connection ends too early, falls silent, or the reply ends in good order but for its rest. */
  | { kind: 'cut' | 'hang' | 'end-early' }
  | { kind: 'error-in-200'; at: 'start' | 'middle' }
  /** 200 with HTML, as a captive portal or a proxy sends it. */
  | { kind: 'web-page' }

export type Fault = ConnectionFault | RequestFault

/** When faults happen. */
export type Schedule =
  | { when: 'never' }
  | { when: 'always' }
  | { when: 'share'; share: number }
  /** So many good requests, then so many bad ones. */
  | { when: 'bursts'; good: number; bad: number }
  | { when: 'flapping'; upMs: number; downMs: number }

/** Each time that `schedule` says so, one of the faults is drawn. */
export interface Trouble {
  schedule: Schedule
  faults: readonly Fault[]
}

export const HEALTHY: Trouble = { schedule: { when: 'never' }, faults: [] }

/** What happens to one upstream's connections and requests, in order: the same for the same seed and times. */
export class FaultScript {
  readonly #schedule: Schedule
  readonly #ofConnections: readonly ConnectionFault[]
  readonly #ofRequests: readonly RequestFault[]
  readonly #now: () => number
  readonly #connectionChance: Random
  readonly #requestChance: Random
  readonly #begin: number
  #requests = 0

  /** `now` in milliseconds; flapping begins with the time up. */
  constructor({ schedule, faults }: Trouble, seed: number, now: () => number) {
    this.#schedule = schedule
    this.#ofConnections = faults.filter(isOfConnection)
    this.#ofRequests = faults.filter((fault): fault is RequestFault => !isOfConnection(fault))
    this.#now = now
    this.#begin = now()
    this.#connectionChance = chance(seed, 1)
    this.#requestChance = chance(seed, 2)
  }

  connection(): ConnectionFault | null {
    const draw = this.#connectionChance
    return this.#isTime(this.#requests, draw) && this.#ofConnections.length > 0 ? draw.pick(this.#ofConnections) : null
  }

  request(): RequestFault | null {
    const draw = this.#requestChance
    const isTime = this.#isTime(this.#requests, draw)
    this.#requests += 1
    return isTime && this.#ofRequests.length > 0 ? draw.pick(this.#ofRequests) : null
  }

  /** Nothing works at present, by schedule and not by chance. */
  get down(): boolean {
    const { when } = this.#schedule
    return when === 'always' || (when === 'flapping' && this.#isTime(0, this.#requestChance))
  }

  #isTime(request: number, draw: Random): boolean {
    const schedule = this.#schedule
    switch (schedule.when) {
      case 'never':
        return false
      case 'always':
        return true
      case 'share':
        return draw.below(PARTS) < schedule.share * PARTS
      case 'bursts':
        return request % (schedule.good + schedule.bad) >= schedule.good
      case 'flapping':
        return (this.#now() - this.#begin) % (schedule.upMs + schedule.downMs) >= schedule.upMs
    }
  }
}

const PARTS = 10_000
/** 2^32 over the golden ratio: spreads small seeds over all bits. */
const GOLDEN = 0x9e3779b1

/** A source of chance of its own for each purpose. */
export function chance(seed: number, purpose: number): Random {
  return seeded(Math.imul(seed * 16 + purpose, GOLDEN))
}

function isOfConnection(fault: Fault): fault is ConnectionFault {
  return fault.kind === 'reset-at-connect' || fault.kind === 'half-open'
}
