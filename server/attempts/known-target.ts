import type { BreakerPolicy } from '../core/policy.ts'
import { Breaker, type Outcome } from './breaker.ts'

/** Policies under which one target's outcomes are counted; further ones take the oldest's place. */
const MOST_BREAKERS = 32

/** What is known of one target. `now` is `Clock.now()` everywhere. */
export class KnownTarget {
  readonly provider: string
  readonly model: string
  /** Until then its provider asked to be left alone. */
  coolUntil = Number.NEGATIVE_INFINITY
  readonly #breakers: Breaker[] = []

  constructor(provider: string, model: string) {
    this.provider = provider
    this.model = model
  }

  /** The breaker for a policy or one with equal settings. */
  breaker(policy: BreakerPolicy): Breaker | undefined {
    for (const breaker of this.#breakers)
      if (breaker.policy === policy || isEqual(breaker.policy, policy)) return breaker
    return undefined
  }

  keepBreaker(policy: BreakerPolicy): Breaker {
    const known = this.breaker(policy)
    if (known !== undefined) return known
    const breaker = new Breaker(policy)
    if (this.#breakers.length >= MOST_BREAKERS) this.#breakers.shift()
    this.#breakers.push(breaker)
    return breaker
  }

  /** The most trouble that any of its breakers is in. */
  trouble(now: number): 'ready' | 'cooling' | 'half-open' | 'open' {
    let trouble: 'ready' | 'cooling' | 'half-open' = this.coolUntil > now ? 'cooling' : 'ready'
    for (const breaker of this.#breakers) {
      const name = breaker.name(now)
      if (name === 'open') return name
      if (name === 'half-open') trouble = name
    }
    return trouble
  }

  count(pass: object, startedAt: number, outcome: Outcome, now: number): void {
    for (const breaker of this.#breakers) breaker.count(pass, startedAt, outcome, now)
  }

  hasten(certain: boolean, now: number): void {
    for (const breaker of this.#breakers) breaker.hasten(certain, now)
  }
}

function isEqual(one: BreakerPolicy, other: BreakerPolicy): boolean {
  return (
    one.failures === other.failures &&
    one.errorShare === other.errorShare &&
    one.windowMs === other.windowMs &&
    one.cooldownMs === other.cooldownMs
  )
}
