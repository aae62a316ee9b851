import { randomBytes } from 'node:crypto'
import type { Exchange } from '../../core/exchange.ts'
import type { Observer } from '../../core/ports.ts'
import type { AttemptRecord, ExchangeRecord } from '../../core/record.ts'
import { recordToRequestRow, toAttemptRow } from './rows.ts'
import type { LiveEvent } from './schemas.ts'

const BATCH_MS = 100
/** More than this in one batch nobody can see: the rest is left out and counted. */
const MOST_PER_BATCH = 400
const MOST_KEPT = 4000
/** After the last viewer has gone, events are kept this long for its return. */
const LINGER_MS = 30_000

/** Gets batches as SSE text. False when it is too slow to be worth keeping. */
export type Viewer = (text: string) => boolean

/**
 * What happens, for whoever watches: nothing is made or kept while nobody does. Each batch has an id made of this
 * run's name and a number, so that a viewer that comes back goes on where it was, or is told that it cannot.
 */
export class LiveHub implements Pick<Observer, 'requestStart' | 'attemptStart' | 'attemptEnd'> {
  readonly #run = randomBytes(4).toString('hex')
  readonly #attemptRecord: (exchange: Exchange, index: number) => AttemptRecord
  readonly #redact: (text: string) => string
  readonly #viewers = new Set<Viewer>()
  #kept: { number: number; text: string; events: number }[] = []
  #keptEvents = 0
  #next = 1
  #pending: (() => LiveEvent)[] = []
  #skipped = 0
  #timer: NodeJS.Timeout | undefined
  #activeUntil = 0

  constructor(attemptRecord: (exchange: Exchange, index: number) => AttemptRecord, redact: (text: string) => string) {
    this.#attemptRecord = attemptRecord
    this.#redact = redact
  }

  requestStart(exchange: Exchange): void {
    if (!this.#active) return
    const event: LiveEvent = {
      type: 'request-start',
      request_id: exchange.id,
      trace_id: exchange.traceId,
      ts: new Date(exchange.epoch).toISOString(),
      route: this.#redact(exchange.route),
      tenant: exchange.caller?.tenant ?? null,
      surface: exchange.surface,
      stream: exchange.stream,
    }
    this.#push(() => event)
  }

  attemptStart(exchange: Exchange, index: number): void {
    this.#attempt('attempt-start', exchange, index)
  }

  attemptEnd(exchange: Exchange, index: number): void {
    this.#attempt('attempt-end', exchange, index)
  }

  requestEnd(record: ExchangeRecord): void {
    if (this.#active) this.#push(() => ({ type: 'request-end', request: recordToRequestRow(record) }))
  }

  configChange(revision: string, accepted: boolean, message: string): void {
    this.#push(() => ({ type: 'config-change', revision, accepted, message }))
  }

  /** Adds a viewer, first sending what it missed since `lastEventId`. Returns what takes it away again. */
  watch(viewer: Viewer, lastEventId: string | null): () => void {
    this.#viewers.add(viewer)
    this.#activeUntil = Number.POSITIVE_INFINITY
    if (lastEventId !== null) this.#catchUp(viewer, lastEventId)
    return () => {
      this.#viewers.delete(viewer)
      if (this.#viewers.size === 0) this.#activeUntil = Date.now() + LINGER_MS
    }
  }

  get #active(): boolean {
    return this.#viewers.size > 0 || this.#activeUntil > Date.now()
  }

  #attempt(type: 'attempt-start' | 'attempt-end', exchange: Exchange, index: number): void {
    if (!this.#active) return
    const event: LiveEvent = {
      type,
      request_id: exchange.id,
      attempt: toAttemptRow(this.#attemptRecord(exchange, index)),
    }
    this.#push(() => event)
  }

  #push(make: () => LiveEvent): void {
    if (!this.#active) return
    if (this.#pending.length < MOST_PER_BATCH) this.#pending.push(make)
    else this.#skipped += 1
    this.#timer ??= setTimeout(() => this.#send(), BATCH_MS)
  }

  #send(): void {
    this.#timer = undefined
    const number = this.#next++
    const skipped = this.#skipped > 0 ? { skipped: this.#skipped } : {}
    const text = this.#frame(number, { events: this.#pending.map((make) => make()), ...skipped })
    this.#kept.push({ number, text, events: this.#pending.length })
    this.#keptEvents += this.#pending.length
    while (this.#keptEvents > MOST_KEPT) this.#keptEvents -= this.#kept.shift()!.events
    this.#pending = []
    this.#skipped = 0
    for (const viewer of this.#viewers) if (!viewer(text)) this.#viewers.delete(viewer)
  }

  #catchUp(viewer: Viewer, lastEventId: string): void {
    const [run, number] = lastEventId.split('-')
    const last = Number(number)
    const oldest = this.#kept[0]?.number ?? this.#next
    if (run !== this.#run || !(last >= oldest - 1)) {
      const reason = 'events were missed while this viewer was away'
      viewer(this.#frame(this.#next - 1, { events: [{ type: 'reset', reason }] }))
      return
    }
    for (const batch of this.#kept) if (batch.number > last) viewer(batch.text)
  }

  #frame(number: number, batch: { events: LiveEvent[]; skipped?: number }): string {
    return `id: ${this.#run}-${number}\nevent: batch\ndata: ${JSON.stringify(batch)}\n\n`
  }
}
