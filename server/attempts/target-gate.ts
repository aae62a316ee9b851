import type { Clock } from '../core/clock.ts'
import { type BreakerPolicy, type Target, targetName } from '../core/policy.ts'
import type { Breaker, Outcome } from './breaker.ts'
import { KnownTarget } from './known-target.ts'
import { RecentMap } from './recent-map.ts'

/** From the least to the most trouble: `ready`, `cooling`, `half-open`, `open`, `down`, `drained`. */
export type StandingName = 'ready' | 'half-open' | 'open' | 'cooling' | 'drained' | 'down'

export interface Standing {
  name: StandingName
  /** A call would be refused. */
  refuses: boolean
  /**
   * It is refused by its breaker although most of its latest calls went well: where nobody else is left, calling it is
   * better than an error.
   */
  lastChance: boolean
  /** `Clock.now()` at which it changes by itself. */
  untilMs: number | null
  /** For people, e.g. `5 of 12 attempts failed in 30 s`. */
  why: string | null
  /** Of the breaker's window, or as they were when it opened. */
  failures: number
  attempts: number
}

/** Leave to call a target once. */
export interface Pass {
  /** Idempotent: only the first call counts. `neutral` says nothing about the target. */
  end(outcome: Outcome): void
}

/** A target, or with `model: null` a whole provider. */
export interface GateSubject {
  provider: string
  model: string | null
}

type Listener = (target: GateSubject, standing: StandingName) => void

/** Targets of which something is kept. */
const MOST_TARGETS = 1000
const LONGEST_COOLING_MS = 300_000
const REFUSING = new Set<StandingName>(['open', 'down', 'drained'])

/**
 * Who may be called now. Routes whose breakers have equal settings share one per target, and how a call ended counts
 * for every breaker of its target. Keeps what it knows of the 1000 targets that were called last.
 */
export class TargetGate {
  readonly #clock: Clock
  readonly #known = new RecentMap<KnownTarget>(MOST_TARGETS)
  /** By the name of the provider or target. */
  readonly #drained = new Map<string, GateSubject>()
  /** Why, by provider. */
  readonly #down = new Map<string, string | null>()
  readonly #listeners: Listener[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** What a call would meet now. Takes nothing. */
  standing(target: Target, policy: BreakerPolicy | null): Standing {
    return this.#standing(target, this.#known.peek(targetName(target)), policy, this.#clock.now())
  }

  /**
   * Asks leave to call. `pass` is `null` where the target is to be left alone: drained, down, open, or half-open with a
   * trial under way. One that is cooling is not refused: put it last. With `despite`, nobody else is left, and a
   * `lastChance` is taken. A pass must be ended.
   */
  enter(target: Target, policy: BreakerPolicy | null, despite = false): { pass: Pass | null; standing: Standing } {
    const now = this.#clock.now()
    const known = this.#keep(target)
    const standing = this.#standing(target, known, policy, now)
    if (standing.name === 'drained' || standing.name === 'down') return { pass: null, standing }
    const pass = new TargetPass(known, now, this.#count)
    const leave = policy === null || known.keepBreaker(policy).begin(pass, now) || (despite && standing.lastChance)
    return { pass: leave ? pass : null, standing }
  }

  /** The provider asked to be left alone for so long, e.g. by 429 with `retry-after`; five minutes at most. */
  cool(target: Target, ms: number): void {
    const now = this.#clock.now()
    const known = this.#keep(target)
    const before = this.#nameOfKnown(known, now)
    known.coolUntil = Math.max(known.coolUntil, now + Math.min(ms, LONGEST_COOLING_MS))
    this.#tell(known, before, this.#nameOfKnown(known, now))
  }

  /** By hand: a provider, or one of its models, takes no new calls. Calls under way go on. */
  drain(provider: string, model: string | null, drained: boolean): void {
    const subject = { provider, model }
    const before = this.#nameOfSubject(subject)
    if (drained) this.#drained.set(nameOf(subject), subject)
    else this.#drained.delete(nameOf(subject))
    this.#tell(subject, before, this.#nameOfSubject(subject))
  }

  drains(): GateSubject[] {
    return [...this.#drained.values()]
  }

  /**
   * What an active probe found. A provider that is down is not called until it is up again. That it is up also ends the
   * cool-downs of its breakers; but of one that has opened again since a probe did so only where the provider was down
   * in between, as there are targets that fail while their provider answers probes.
   */
  reportHealth(provider: string, up: boolean, why: string | null): void {
    const subject = { provider, model: null }
    const before = this.#nameOfSubject(subject)
    const wasDown = this.#down.has(provider)
    if (up) this.#down.delete(provider)
    else this.#down.set(provider, why)
    this.#tell(subject, before, this.#nameOfSubject(subject))
    if (up) this.#hasten(provider, wasDown)
  }

  /** Providers that have an open breaker or are down: worth probing. */
  troubled(): string[] {
    const now = this.#clock.now()
    const found = new Set(this.#down.keys())
    for (const known of this.#known.values()) if (known.trouble(now) === 'open') found.add(known.provider)
    return [...found]
  }

  /**
   * Told whenever the standing of a target, or of a whole provider, gets another name through an outcome, a drain or a
   * probe, not by mere passing of time. Of a target with several breakers, the one in most trouble counts.
   */
  onChange(listener: Listener): void {
    this.#listeners.push(listener)
  }

  readonly #count = (known: KnownTarget, pass: TargetPass, outcome: Outcome) => {
    const now = this.#clock.now()
    const before = this.#nameOfKnown(known, now)
    known.count(pass, pass.startedAt, outcome, now)
    this.#tell(known, before, this.#nameOfKnown(known, now))
  }

  #hasten(provider: string, certain: boolean): void {
    const now = this.#clock.now()
    for (const known of this.#known.values()) {
      if (known.provider !== provider) continue
      const before = this.#nameOfKnown(known, now)
      known.hasten(certain, now)
      this.#tell(known, before, this.#nameOfKnown(known, now))
    }
  }

  #tell({ provider, model }: GateSubject, before: StandingName, after: StandingName): void {
    if (after !== before) for (const listener of this.#listeners) listener({ provider, model }, after)
  }

  #standing(target: Target, known: KnownTarget | undefined, policy: BreakerPolicy | null, now: number): Standing {
    const breaker = policy ? known?.breaker(policy) : undefined
    const as = standingOf(breaker, now)
    if (this.#isDrained(target)) return as('drained', null, 'taken out of service by hand')
    const downWhy = this.#down.get(target.provider)
    if (downWhy !== undefined) return as('down', null, downWhy)
    const name = breaker?.name(now) ?? 'ready'
    if (name === 'open') return as(name, breaker!.untilMs(now), breaker!.why)
    if (breaker?.onTrial(now)) return as('half-open', null, 'a trial call is under way')
    if (known && known.coolUntil > now)
      return as('cooling', known.coolUntil, 'the provider asked to be left alone for a while')
    return as(name, null, breaker?.why ?? null)
  }

  #nameOfKnown(known: KnownTarget, now: number): StandingName {
    if (this.#isDrained(known)) return 'drained'
    return this.#down.has(known.provider) ? 'down' : known.trouble(now)
  }

  #nameOfSubject(subject: GateSubject): StandingName {
    if (this.#isDrained(subject)) return 'drained'
    if (this.#down.has(subject.provider)) return 'down'
    return this.#known.peek(nameOf(subject))?.trouble(this.#clock.now()) ?? 'ready'
  }

  #isDrained(subject: GateSubject): boolean {
    return this.#drained.size > 0 && (this.#drained.has(subject.provider) || this.#drained.has(nameOf(subject)))
  }

  #keep(target: Target): KnownTarget {
    return this.#known.get(targetName(target), () => new KnownTarget(target.provider, target.model))
  }
}

class TargetPass implements Pass {
  readonly startedAt: number
  readonly #known: KnownTarget
  readonly #count: (known: KnownTarget, pass: TargetPass, outcome: Outcome) => void
  #ended = false

  constructor(
    known: KnownTarget,
    startedAt: number,
    count: (known: KnownTarget, pass: TargetPass, outcome: Outcome) => void,
  ) {
    this.#known = known
    this.startedAt = startedAt
    this.#count = count
  }

  end(outcome: Outcome): void {
    if (this.#ended) return
    this.#ended = true
    this.#count(this.#known, this, outcome)
  }
}

/** `provider/model`, or the provider alone; its id has no slash. */
function nameOf({ provider, model }: GateSubject): string {
  return model === null ? provider : `${provider}/${model}`
}

function standingOf(breaker: Breaker | undefined, now: number) {
  const failures = breaker?.failures(now) ?? 0
  const attempts = breaker?.attempts(now) ?? 0
  const onTrial = breaker?.onTrial(now) ?? false
  return (name: StandingName, untilMs: number | null, why: string | null): Standing => {
    const refuses = onTrial || REFUSING.has(name)
    const lastChance = (name === 'open' || name === 'half-open') && refuses && !breaker!.mostlyFails
    return { name, refuses, lastChance, untilMs, why, failures, attempts }
  }
}
