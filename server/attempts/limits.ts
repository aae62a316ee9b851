import { GatewayError } from '../core/errors.ts'
import type { Timeouts } from '../core/policy.ts'

type Phase = 'connect' | 'first_token' | 'idle'

const MEANING: Readonly<Record<Phase, string>> = {
  connect: 'no connection',
  first_token: 'no content',
  idle: 'nothing more',
}

/**
 * The time limits of one attempt by one timer, which is set anew only when it fires: `touch` costs a clock
 * reading a chunk. Calls back once with `upstream_timeout` or, past the whole request's deadline, with
 * `deadline_exceeded`.
 */
export class Limits {
  readonly #deadline: number
  readonly #expired: (error: GatewayError) => void
  readonly #name: string
  #phase: Phase = 'connect'
  #phaseMs: number | null
  #since: number
  #timer: NodeJS.Timeout | undefined

  /** `deadline` in `performance.now()` milliseconds; `name` of the target for the message. */
  constructor(name: string, timeouts: Timeouts, deadline: number, expired: (error: GatewayError) => void) {
    this.#name = name
    this.#deadline = deadline
    this.#expired = expired
    this.#phaseMs = timeouts.connectMs
    this.#since = performance.now()
    this.#arm()
  }

  /** Begins the next phase; `null` leaves it to the deadline. */
  enter(phase: Phase, limitMs: number | null): void {
    this.#phase = phase
    this.#phaseMs = limitMs
    this.#since = performance.now()
    this.#arm()
  }

  /** Something came: the phase's time starts again. */
  touch(): void {
    this.#since = performance.now()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #arm(): void {
    clearTimeout(this.#timer)
    const due = Math.min(this.#deadline, this.#phaseDue())
    this.#timer = setTimeout(() => this.#fire(), Math.max(0, Math.ceil(due - performance.now())))
  }

  #phaseDue(): number {
    return this.#phaseMs === null ? Number.POSITIVE_INFINITY : this.#since + this.#phaseMs
  }

  #fire(): void {
    const now = performance.now()
    if (now >= this.#deadline)
      this.#expired(new GatewayError('deadline_exceeded', 'The time limit of the whole request has passed.'))
    else if (now >= this.#phaseDue())
      this.#expired(
        new GatewayError(
          'upstream_timeout',
          `${this.#name} sent ${MEANING[this.#phase]} for ${this.#phaseMs} ms (timeouts.${this.#phase}).`,
        ),
      )
    else this.#arm()
  }
}
