import { whyNotKept } from '../../cache/cacheable.ts'
import type { Flight } from '../../cache/flight.ts'
import type { StoredReply } from '../../cache/stored-reply.ts'
import type { CacheEntry } from '../../core/cache.ts'
import type { ClientDialect } from '../../core/dialect.ts'
import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import { costNano, type Exchange, mainAttempt } from '../../core/exchange.ts'
import { Capture } from './capture.ts'
import type { BytesKey, CacheContext, RequestKeys } from './request-keys.ts'
import type { LookUpRun } from './semantic-look-up.ts'

const CHARACTERS_PER_TOKEN = 4

/** A reply that is made now, and may be kept. */
export class Fill {
  readonly context: CacheContext
  readonly asked: BytesKey
  readonly keys: RequestKeys
  readonly flight: Flight
  readonly capture: Capture
  /** The look-up by likeness before it, whose vector is kept with the reply. */
  lookUp: LookUpRun | null = null
  /** The kept reply that it is to be compared with. */
  check: StoredReply | null = null

  constructor(context: CacheContext, asked: BytesKey, keys: RequestKeys, flight: Flight, limit: number) {
    this.context = context
    this.asked = asked
    this.keys = keys
    this.flight = flight
    const dialect = context.inbound.dialect as ClientDialect
    this.capture = new Capture(context.exchange, dialect, flight, asked.policy, limit)
  }

  /** The reply in full; `null` with the reason noted where it is not to be kept. */
  settle(): StoredReply | null {
    const { exchange } = this.context
    const { error } = exchange
    this.flight.close('broken', error ? new GatewayError('upstream_cut', error.message) : null)
    const stored = this.capture.outcome === 'whole' ? this.capture.stored() : null
    const why = stored === null ? `it is ${this.capture.outcome}` : whyNot(exchange, stored, this.asked)
    if (why === null) return stored
    exchange.cache!.why ??= `not kept: ${why}`
    return null
  }

  entryOf(stored: StoredReply): CacheEntry {
    const { exchange } = this.context
    const { policy, scope } = this.asked
    const attempt = mainAttempt(exchange)!
    const now = Date.now()
    const freshUntil = now + policy.ttlMs
    const byLikeness = policy.mode === 'semantic' && this.keys.question !== null
    return {
      key: this.keys.key,
      scope,
      context: byLikeness ? this.keys.context : null,
      question: policy.mode === 'none' ? null : this.keys.question,
      requestId: exchange.id,
      provider: attempt.target.provider,
      model: attempt.target.model,
      reply: JSON.stringify(stored),
      outputTokens: tokensOf(stored.events),
      costNano: costNano(exchange),
      durationMs: Math.round(performance.now() - exchange.startedAt),
      createdAt: now,
      freshUntil,
      revalidateUntil: freshUntil + policy.staleWhileRevalidateMs,
      keptUntil: freshUntil + Math.max(policy.staleWhileRevalidateMs, policy.staleIfErrorMs),
    }
  }
}

/** A reply that is likely wrong, made up, stitched together or not a target's own is none to repeat. */
function whyNot(exchange: Exchange, { events }: StoredReply, { policy }: BytesKey): string | null {
  const attempt = mainAttempt(exchange)
  if (exchange.status !== 200 || exchange.error !== null) return 'it failed'
  if (exchange.lastResort !== null || !attempt) return 'no target made it'
  if (attempt.resumedAt !== null) return 'two targets made it'
  if (attempt.warnings.length > 0) return `it has a warning (${attempt.warnings.join(', ')})`
  return whyNotKept(events, policy)
}

/** As the provider counted, else by the length of the text. */
function tokensOf(events: readonly ChatEvent[]): number {
  let counted = 0
  let characters = 0
  for (const event of events) {
    if (event.type === 'usage') counted = event.usage.output
    if (event.type === 'part-delta') characters += event.text.length
  }
  return counted || Math.ceil(characters / CHARACTERS_PER_TOKEN)
}
