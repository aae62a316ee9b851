import { overtaker } from './affinity.ts'
import { Flow, type Waiter } from './flow.ts'

/** More tenants than that are looked through for ones to forget. */
const MANY_FLOWS = 256

/**
 * The requests of one class, fair between tenants by the time that they hold slots: start-time fair queueing (Goyal,
 * Vin and Cheng, SIGCOMM 1996). A tenant's tag is the slot time it has been charged; the lowest tag goes next, and a
 * tenant that had nobody waiting begins at the present virtual time, so that no credit is saved up. A call is charged
 * when it begins by what is expected, and put right when it ends; time that was held while nobody waited is nobody's debt.
 * Within a tenant who came first goes first.
 *
 * Model affinity departs from that order as far as a count allows, `affinity`. Bounded is, for each waiting request,
 * how often one that stands behind it in the order above goes before it for its model: at most `affinity` times. As
 * that holds for the first of every tenant that waits, a tenant is behind its fair share by affinity for no more than
 * `affinity` calls at any time.
 */
export class FairQueue {
  readonly #flows = new Map<string, Flow>()
  /** Those with somebody waiting. */
  readonly #waiting = new Set<Flow>()
  #virtualMs = 0
  #forgetAt = MANY_FLOWS
  length = 0

  add(waiter: Waiter): void {
    const flow = this.#flow(waiter.ask.tenant)
    if (flow.waiters.length === 0) {
      flow.tag = Math.max(flow.tag, this.#virtualMs)
      this.#waiting.add(flow)
    }
    flow.waiters.push(waiter)
    this.length += 1
  }

  remove(waiter: Waiter): void {
    const flow = this.#flows.get(waiter.ask.tenant)!
    flow.waiters.remove(waiter)
    if (flow.waiters.length === 0) this.#waiting.delete(flow)
    this.length -= 1
  }

  /** Takes out who goes next; nobody is `null`. `spacingMs` is what a call is expected to take. */
  take(loadedModel: string | null, affinity: number, spacingMs: number): Waiter | null {
    const fair = this.#fairest()
    if (fair === null) return null
    this.#virtualMs = Math.max(this.#virtualMs, fair.tag)
    let waiter = fair.waiters.first!
    if (affinity > 0 && loadedModel !== null && waiter.ask.model !== loadedModel)
      waiter = overtaker(this.#waiting, loadedModel, affinity, spacingMs) ?? waiter
    this.remove(waiter)
    return waiter
  }

  /** A call of this tenant begins. */
  begin(tenant: string, expectedMs: number): Flow {
    const flow = this.#flow(tenant)
    if (flow.waiters.length === 0) flow.tag = Math.max(flow.tag, this.#virtualMs)
    if (this.length === 0) this.#virtualMs = Math.max(this.#virtualMs, flow.tag)
    flow.tag += expectedMs
    flow.running += 1
    return flow
  }

  /** A call has ended that held its slot so much longer (or, negative, shorter) than it was charged for. */
  end(flow: Flow, correctionMs: number): void {
    flow.tag += correctionMs
    flow.running -= 1
    if (this.length === 0) this.#virtualMs = Math.max(this.#virtualMs, flow.tag)
  }

  /** How many would go before a request of this tenant that came now. */
  ahead(tenant: string, spacingMs: number): number {
    const own = this.#flows.get(tenant)
    const waiting = own?.waiters.length ?? 0
    const first = waiting > 0 ? own!.tag : Math.max(own?.tag ?? 0, this.#virtualMs)
    const tag = first + waiting * spacingMs
    let sum = waiting
    for (const flow of this.#waiting)
      if (flow !== own && flow.tag <= tag)
        sum += Math.min(flow.waiters.length, Math.floor((tag - flow.tag) / spacingMs) + 1)
    return sum
  }

  /** Waiting requests of a tenant. */
  places(tenant: string): number {
    return this.#flows.get(tenant)?.waiters.length ?? 0
  }

  /** Whoever has most requests waiting. */
  greediest(): Flow | null {
    let most: Flow | null = null
    for (const flow of this.#waiting) if (most === null || flow.waiters.length > most.waiters.length) most = flow
    return most
  }

  /** Clock milliseconds since which somebody waits. */
  oldestSince(): number | null {
    let oldest: number | null = null
    for (const { waiters } of this.#waiting) oldest = Math.min(oldest ?? Number.POSITIVE_INFINITY, waiters.first!.since)
    return oldest
  }

  #fairest(): Flow | null {
    let best: Flow | null = null
    for (const flow of this.#waiting)
      if (best === null || flow.tag < best.tag || (flow.tag === best.tag && isOlder(flow, best))) best = flow
    return best
  }

  #flow(tenant: string): Flow {
    let flow = this.#flows.get(tenant)
    if (flow === undefined) {
      if (this.#flows.size >= this.#forgetAt) this.#forget()
      flow = new Flow(tenant)
      this.#flows.set(tenant, flow)
    }
    return flow
  }

  /** Tenants that do nothing and owe nothing begin at the virtual time anyway. */
  #forget(): void {
    for (const [tenant, { waiters, running, tag }] of this.#flows)
      if (waiters.length === 0 && running === 0 && tag <= this.#virtualMs) this.#flows.delete(tenant)
    this.#forgetAt = Math.max(MANY_FLOWS, this.#flows.size * 2)
  }
}

function isOlder(one: Flow, other: Flow): boolean {
  return one.waiters.first!.order < other.waiters.first!.order
}
