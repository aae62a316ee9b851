import { GatewayError } from '../core/errors.ts'
import type { Timeouts } from '../core/policy.ts'

type Phase = 'connect' | 'first_token' | 'idle'

const MEANING: Readonly<Record<Phase, string>> = {
  connect: 'no connection',
  first_token: 'no content',
  idle: 'nothing more',
}

/**
 * The time limits of one attempt by one timer. It is set anew only when it fires or would fire too late, so that a
 * chunk costs a clock reading and a usual attempt one timer. Calls back once with `upstream_timeout` or, past the whole request's deadline, with
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
  /** When the timer fires. */
  #set = Number.POSITIVE_INFINITY

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
  }

  #arm(): void {
    const due = Math.min(this.#deadline, this.#phaseDue())
    if (due >= this.#set) return
    clearTimeout(this.#timer)
    this.#set = due
    this.#timer = setTimeout(() => this.#fire(), Math.max(0, Math.ceil(due - performance.now())))
  }

  #phaseDue(): number {
    return this.#phaseMs === null ? Number.POSITIVE_INFINITY : this.#since + this.#phaseMs
  }

  #fire(): void {
    this.#set = Number.POSITIVE_INFINITY
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
