import type { Flight } from '../../cache/flight.ts'
import { joined, type StoredReply } from '../../cache/stored-reply.ts'
import type { CachePolicy } from '../../core/cache-policy.ts'
import type { ClientDialect } from '../../core/dialect.ts'
import type { ChatEvent } from '../../core/events.ts'
import { type Exchange, mainAttempt } from '../../core/exchange.ts'
import { ReplyReader } from '../reply-reader.ts'

/** What came of taking a reply down. */
export type CaptureEnd = 'whole' | 'broken' | 'too large' | 'unreadable'

/**
 * Takes down a guarded reply in no dialect while it goes to its client, for whoever waits for the same and for later.
 * What is too large is let go, once nobody waits for it.
 */
export class Capture extends ReplyReader {
  readonly #exchange: Exchange
  readonly #flight: Flight
  readonly #policy: CachePolicy
  readonly #limit: number
  #size = 0
  #startedAt: number | null = null
  #endedAt = 0
  #end: CaptureEnd = 'broken'

  /** `limit`: characters of text. */
  constructor(exchange: Exchange, dialect: ClientDialect, flight: Flight, policy: CachePolicy, limit: number) {
    super(dialect)
    this.#exchange = exchange
    this.#flight = flight
    this.#policy = policy
    this.#limit = limit
  }

  protected get isOpen(): boolean {
    return this.#flight.state === 'open'
  }

  /** What came of it; known once the reply is over. */
  get outcome(): CaptureEnd {
    return this.#end
  }

  /** The reply as it is kept. Only of one whose outcome is `whole`. */
  stored(): StoredReply {
    const streamMs = this.#exchange.stream && this.#startedAt !== null ? this.#endedAt - this.#startedAt : 0
    return { events: joined(this.#flight.events), streamMs: Math.round(streamMs) }
  }

  protected see(event: ChatEvent): void {
    if (event.type === 'ping') return
    this.#endedAt = performance.now()
    if (event.type === 'part-delta') {
      this.#startedAt ??= this.#endedAt
      this.#size += event.text.length
    }
    if (event.type === 'part-start' && event.kind === 'tool-call' && !this.#policy.toolCalls)
      this.#flight.private = true
    if (this.#size > this.#limit && this.#flight.joined === 0) this.giveUp('too large')
    else this.#flight.push(event)
  }

  protected giveUp(why: CaptureEnd = 'unreadable'): void {
    this.#end = why
    this.#flight.close('broken')
  }

  protected finish(): void {
    if (this.#flight.state !== 'open') return
    const { error } = this.#exchange
    if (error) {
      this.#flight.close('broken')
      return
    }
    this.#addUsage()
    this.#end = this.#size > this.#limit ? 'too large' : 'whole'
    this.#flight.close('whole')
  }

  /** Usage that only the gateway asked for is not in the client's bytes. */
  #addUsage(): void {
    const usage = mainAttempt(this.#exchange)?.usage
    if (usage && !this.#flight.events.some(({ type }) => type === 'usage')) this.#flight.push({ type: 'usage', usage })
  }
}
