import type { CacheHash } from '../core/cache.ts'
import type { Cancellation } from '../core/cancellation.ts'
import { GatewayError } from '../core/errors.ts'
import { type ChatEvent, isContent } from '../core/events.ts'
import type { Exchange } from '../core/exchange.ts'

/** A reply under way that others have asked for, too. */
export class Flight {
  /** The request that makes the call. */
  readonly leader: Exchange
  readonly events: ChatEvent[] = []
  state: 'open' | 'whole' | 'broken' = 'open'
  /** Who waits for it or reads along. */
  joined = 0
  /** It is not for others after all: who has got nothing of it yet goes alone. */
  private = false
  #content = false
  #error: GatewayError | null = null
  #waiting: (() => void)[] = []
  readonly #onJoin: (() => void)[] = []
  readonly #onLeave: (() => void)[] = []

  constructor(leader: Exchange) {
    this.leader = leader
  }

  push(event: ChatEvent): void {
    if (this.state !== 'open') return
    this.events.push(event)
    this.#content ||= isContent(event)
    this.#wake()
  }

  close(state: 'whole' | 'broken', error: GatewayError | null = null): void {
    if (this.state !== 'open') return
    this.state = state
    this.#error = error
    this.#wake()
  }

  /** Called each time that somebody joins. */
  onJoin(listener: () => void): void {
    this.#onJoin.push(listener)
  }

  /** Called each time that somebody goes. */
  onLeave(listener: () => void): void {
    this.#onLeave.push(listener)
  }

  /**
   * Resolves with true when there is something to give: content for a stream, else the whole reply; with false where
   * the reply broke before that, the one who waits is cancelled, or `ms` are over. Whoever joins has to `leave`.
   */
  async join(stream: boolean, cancellation: Cancellation, ms: number): Promise<boolean> {
    this.joined += 1
    for (const listener of this.#onJoin) listener()
    const patience = cancellation.child()
    let waits = true
    const over = patience.wait(ms).then(() => {
      waits = false
    })
    while (waits && this.state === 'open' && !(stream && this.#content)) await Promise.race([this.#change(), over])
    patience.cancel()
    return waits && this.state !== 'broken' && !this.private
  }

  leave(): void {
    this.joined -= 1
    for (const listener of this.#onLeave) listener()
  }

  /** What has come, then what comes; ends with an error event where the reply breaks off. */
  async *follow(): AsyncGenerator<ChatEvent> {
    for (let next = 0; ; ) {
      const event = this.events[next]
      if (event !== undefined) {
        next += 1
        yield event
      } else if (this.state === 'open') await this.#change()
      else {
        if (this.state === 'broken') yield { type: 'error', error: this.#error ?? cut() }
        return
      }
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}

/** Replies under way, by key: equal requests at once make one call. */
export class Flights {
  readonly #open = new Map<CacheHash, Flight>()

  get(key: CacheHash): Flight | null {
    return this.#open.get(key) ?? null
  }

  lead(key: CacheHash, leader: Exchange): Flight {
    const flight = new Flight(leader)
    this.#open.set(key, flight)
    return flight
  }

  /** One that nobody joins. */
  alone(leader: Exchange): Flight {
    return new Flight(leader)
  }

  /** Nobody joins it any more. */
  end(key: CacheHash, flight: Flight): void {
    if (this.#open.get(key) === flight) this.#open.delete(key)
  }
}

function cut(): GatewayError {
  return new GatewayError('upstream_cut', 'The reply ended before it was complete.')
}
