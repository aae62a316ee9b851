import type { Clock } from '../../core/clock.ts'
import type { ProviderPolicy, QueuePolicy } from '../../core/policy.ts'
import { ProviderQueue } from './provider-queue.ts'

interface Entry {
  queue: ProviderQueue
  policy: QueuePolicy
  /** Policies that were replaced: requests that began before still come with them. */
  readonly replaced: WeakSet<QueuePolicy>
}

/** The queues of all providers, by their ids. */
export class ProviderQueues {
  readonly #clock: Clock
  readonly #entries = new Map<string, Entry>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * The same queue for the same id. A policy object that was not seen before takes effect; one that another has
   * replaced does not, as requests that began under it may come later.
   */
  of({ id, queue: policy }: Pick<ProviderPolicy, 'id' | 'queue'>): ProviderQueue {
    const entry = this.#entries.get(id)
    if (entry === undefined) {
      const queue = new ProviderQueue(id, policy, this.#clock)
      this.#entries.set(id, { queue, policy, replaced: new WeakSet() })
      return queue
    }
    if (entry.policy !== policy && !entry.replaced.has(policy)) {
      entry.replaced.add(entry.policy)
      entry.policy = policy
      entry.queue.configure(policy)
    }
    return entry.queue
  }
}
