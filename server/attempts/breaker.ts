import type { BreakerPolicy } from '../core/policy.ts'
import { FailureWindow } from './failure-window.ts'

/** How a call ended; `neutral`: it says nothing about the target, e.g. as the client went away. */
export type Outcome = 'ok' | 'failed' | 'neutral'

/** Successes in a row that close a half-open breaker. */
const SUCCESSES = 3
/** The cool-down grows to so many times the policy's. */
const LONGEST_FACTOR = 8
/** Calls that count as the latest. */
const LATEST = 20
/** A trial that has not ended by then is taken for lost. */
const TRIAL_MS = 600_000

/**
 * The circuit breaker of one target under one policy (Nygard, "Release It!", 2007).
 *
 * - closed → open: a failure with which the last `windowMs` have at least `failures` of them, and they are at least
 *   `errorShare` of the attempts.
 * - open → half-open: after the cool-down. It is `cooldownMs`, and doubles up to eightfold each time the breaker opens
 *   out of half-open, or within a window (or a cool-down, where that was longer) of having closed.
 * - half-open: one trial at a time. Three successes in a row close it with an empty window, one failure opens it.
 *
 * Calls that began before the present state say nothing about it and do not count, but for `mostlyFails`. `now` is
 * `Clock.now()` everywhere.
 */
export class Breaker {
  readonly policy: BreakerPolicy
  readonly #window: FailureWindow
  #state: 'closed' | 'open' | 'half-open' = 'closed'
  /** When the state began. */
  #since = Number.NEGATIVE_INFINITY
  /** When an open one becomes half-open. */
  #until = 0
  #factor = 1
  /** An opening before that is one more of the same trouble. */
  #calmAt = Number.NEGATIVE_INFINITY
  /** A probe's word has cut a cool-down short since it was last closed. */
  #hastened = false
  #successes = 0
  /** The trial under way: whatever its holder is told apart by. */
  #trial: object | null = null
  #trialSince = 0
  /** Of the last opening. */
  #why: string | null = null
  #failures = 0
  #attempts = 0
  /** Share of failures among the latest calls, whatever its state. */
  #latest = 0
  #calls = 0

  constructor(policy: BreakerPolicy) {
    this.policy = policy
    this.#window = new FailureWindow(policy.windowMs)
  }

  name(now: number): 'ready' | 'open' | 'half-open' {
    this.#refresh(now)
    return this.#state === 'closed' ? 'ready' : this.#state
  }

  /** Half-open, and its one trial is taken. */
  onTrial(now: number): boolean {
    this.#refresh(now)
    return this.#state === 'half-open' && this.#trial !== null
  }

  /** When an open one becomes half-open; `null` for others. */
  untilMs(now: number): number | null {
    return this.name(now) === 'open' ? this.#until : null
  }

  /** Why it opened; `null` while closed. */
  get why(): string | null {
    return this.#state === 'closed' ? null : this.#why
  }

  /** Of the window, or as they were when it opened. */
  failures(now: number): number {
    return this.#state === 'closed' ? this.#window.failures(now) : this.#failures
  }

  attempts(now: number): number {
    return this.#state === 'closed' ? this.#window.attempts(now) : this.#attempts
  }

  /** At least half of the latest calls have failed. */
  get mostlyFails(): boolean {
    return this.#latest >= 0.5
  }

  /** Asks leave for a call, told apart by `pass`; a half-open breaker takes it for its trial. */
  begin(pass: object, now: number): boolean {
    this.#refresh(now)
    if (this.#state === 'closed') return true
    if (this.#state === 'open' || this.#trial !== null) return false
    this.#trial = pass
    this.#trialSince = now
    return true
  }

  /** Counts how a call to the target ended, whether or not this breaker was asked about it. */
  count(pass: object, startedAt: number, outcome: Outcome, now: number): void {
    this.#refresh(now)
    if (this.#trial === pass) this.#trial = null
    if (outcome === 'neutral') return
    this.#calls += 1
    this.#latest += (Number(outcome === 'failed') - this.#latest) / Math.min(this.#calls, LATEST)
    if (startedAt < this.#since) return
    if (this.#state === 'closed') {
      this.#window.add(now, outcome === 'failed')
      if (outcome === 'failed') this.#judge(now)
    } else if (this.#state === 'half-open') {
      if (outcome === 'failed') this.#open(now, 'a trial call failed')
      else if (++this.#successes >= SUCCESSES) this.#close(now)
    }
  }

  /**
   * Ends the cool-down, as a probe found the provider up. A target may fail although its provider answers probes, so
   * that only the first such word since the breaker was closed is believed, unless it is `certain`.
   */
  hasten(certain: boolean, now: number): void {
    this.#refresh(now)
    if (this.#state !== 'open' || (this.#hastened && !certain)) return
    this.#hastened = true
    this.#until = now
    this.#refresh(now)
  }

  #refresh(now: number): void {
    if (this.#state === 'open' && now >= this.#until) {
      this.#state = 'half-open'
      this.#since = this.#until
      this.#successes = 0
      this.#trial = null
    } else if (this.#trial !== null && now - this.#trialSince >= TRIAL_MS) this.#trial = null
  }

  #judge(now: number): void {
    const failures = this.#window.failures(now)
    const attempts = this.#window.attempts(now)
    if (failures < this.policy.failures || failures < this.policy.errorShare * attempts) return
    this.#failures = failures
    this.#attempts = attempts
    this.#open(now, `${failures} of ${attempts} attempts failed in ${this.policy.windowMs / 1000} s`)
  }

  #open(now: number, why: string): void {
    this.#factor = now < this.#calmAt ? Math.min(LONGEST_FACTOR, this.#factor * 2) : 1
    this.#calmAt = Number.POSITIVE_INFINITY
    this.#state = 'open'
    this.#since = now
    this.#until = now + this.policy.cooldownMs * this.#factor
    this.#why = why
    this.#trial = null
    this.#window.clear()
  }

  #close(now: number): void {
    this.#state = 'closed'
    this.#since = now
    this.#calmAt = now + Math.max(this.policy.windowMs, this.policy.cooldownMs * this.#factor)
    this.#hastened = false
  }
}
