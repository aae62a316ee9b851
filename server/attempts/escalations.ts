import type { Clock } from '../core/clock.ts'
import type { Target } from '../core/policy.ts'

const LIFETIME_MS = 3_600_000
const MOST_CONVERSATIONS = 10_000

/**
 * Remembers, for an hour, which targets gave a conversation a streamed reply that failed its evaluators, so that its
 * next turn goes to another one. In memory, by hashes.
 */
export class Escalations {
  readonly #clock: Clock
  readonly #conversations = new Map<string, { targets: Target[]; until: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  note(conversation: string, target: Target): void {
    const known = this.#conversations.get(conversation)
    this.#conversations.delete(conversation)
    if (this.#conversations.size >= MOST_CONVERSATIONS)
      this.#conversations.delete(this.#conversations.keys().next().value!)
    const targets = [...(known?.targets ?? []).filter((other) => !isSame(other, target)), target]
    this.#conversations.set(conversation, { targets, until: this.#clock.now() + LIFETIME_MS })
  }

  /** `null` where nothing is known against anyone. */
  failedTargets(conversation: string): { has(target: Target): boolean } | null {
    const known = this.#conversations.get(conversation)
    if (!known || known.until <= this.#clock.now()) return null
    return { has: (target) => known.targets.some((other) => isSame(other, target)) }
  }
}

function isSame(one: Target, other: Target): boolean {
  return one.provider === other.provider && one.model === other.model
}
