import { type Linked, LinkedList } from './linked-list.ts'
import type { QueueAsk, Slot } from './slot.ts'

/** A request that waits for a slot. */
export class Waiter implements Linked<Waiter> {
  previous: Waiter | null = null
  next: Waiter | null = null
  readonly ask: QueueAsk
  /** Clock milliseconds. */
  readonly since: number
  /** Its number among all that ever waited here: who came first has the smaller one. */
  readonly order: number
  /** How often one behind it went first for the sake of its model. */
  overtaken = 0
  readonly resolve: (slot: Slot) => void
  readonly reject: (error: unknown) => void
  /** Takes its timer and its listener away. */
  forget: () => void = () => {}

  constructor(
    ask: QueueAsk,
    since: number,
    order: number,
    resolve: (slot: Slot) => void,
    reject: (error: unknown) => void,
  ) {
    this.ask = ask
    this.since = since
    this.order = order
    this.resolve = resolve
    this.reject = reject
  }
}

/** What one tenant has waiting and running in one class. */
export class Flow {
  readonly tenant: string
  readonly waiters = new LinkedList<Waiter>()
  /** Virtual time at which its next call begins: the slot milliseconds that it has been charged. */
  tag = 0
  running = 0

  constructor(tenant: string) {
    this.tenant = tenant
  }
}
