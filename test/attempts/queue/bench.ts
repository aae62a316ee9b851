import { ProviderQueue, type QueueAsk, type Slot, type SlotResult } from '../../../server/attempts/queue/index.ts'
import { Cancellation } from '../../../server/core/cancellation.ts'
import { GatewayError } from '../../../server/core/errors.ts'
import type { QueuePolicy } from '../../../server/core/policy.ts'
import { fakeClock } from '../../support/fake-clock.ts'

export const POLICY: QueuePolicy = {
  maxConcurrency: 1,
  adaptive: false,
  maxWaiting: 10_000,
  maxWaitMs: 3_600_000,
  affinity: 0,
}

export const OK: SlotResult = {
  ok: true,
  overloaded: false,
  stream: false,
  firstTokenMs: null,
  durationMs: 1000,
  outputTokens: null,
}

/** One request at the queue, and what became of it. */
export class Ticket {
  readonly name: string
  readonly ask: QueueAsk
  slot: Slot | null = null
  error: GatewayError | null = null
  /** How often it was answered. */
  settled = 0
  released = false

  constructor(name: string, ask: QueueAsk) {
    this.name = name
    this.ask = ask
  }

  get waits(): boolean {
    return this.settled === 0
  }

  get runs(): boolean {
    return this.slot !== null && !this.released
  }

  release(result: SlotResult | null = OK): void {
    this.released = true
    this.slot!.release(result)
  }

  cancel(): void {
    this.ask.cancellation.cancel()
  }
}

/** Lets promises that are settled be seen. */
export async function seen(): Promise<void> {
  for (let tick = 0; tick < 4; tick += 1) await Promise.resolve()
}

export function bench(policy: Partial<QueuePolicy> = {}) {
  const clock = fakeClock(1000)
  const queue = new ProviderQueue('gpu', { ...POLICY, ...policy }, clock)
  /** Every request that got a slot, in that order. */
  const begun: Ticket[] = []
  const tickets: Ticket[] = []

  function enter(ask: Partial<QueueAsk> = {}, name = `${tickets.length}`): Ticket {
    const ticket = new Ticket(name, {
      tenant: 'acme',
      priority: 'normal',
      model: 'm',
      deadline: Number.POSITIVE_INFINITY,
      cancellation: new Cancellation(),
      ...ask,
    })
    tickets.push(ticket)
    const got = (slot: Slot) => {
      ticket.settled += 1
      ticket.slot = slot
      begun.push(ticket)
    }
    const failed = (error: unknown) => {
      if (!(error instanceof GatewayError)) throw error
      ticket.settled += 1
      ticket.error = error
    }
    try {
      const entered = queue.enter(ticket.ask)
      if (entered instanceof Promise) entered.then(got, failed)
      else got(entered)
    } catch (error) {
      failed(error)
    }
    return ticket
  }

  /** Releases whoever runs, the longest running first, until nobody waits; the names in the order of their turns. */
  async function drain(eachMs = 1000): Promise<string> {
    const from = begun.length
    for (let next = begun.find((ticket) => ticket.runs); next; next = begun.find((ticket) => ticket.runs)) {
      clock.advance(eachMs)
      next.release()
      await seen()
    }
    return names(begun.slice(from))
  }

  return { clock, queue, begun, tickets, enter, drain }
}

export const names = (tickets: readonly Ticket[]) => tickets.map(({ name }) => name).join(' ')
