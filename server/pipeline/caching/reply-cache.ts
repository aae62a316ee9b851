import type { IncomingHttpHeaders } from 'node:http'
import type { AttemptContext } from '../../attempts/context.ts'
import { isGuarded } from '../../attempts/needs-events.ts'
import { Flights } from '../../cache/flight.ts'
import type { Remembered } from '../../cache/memory.ts'
import { type StoredReply, textOf } from '../../cache/stored-reply.ts'
import type { CacheHash, CacheRecord, CacheSelection } from '../../core/cache.ts'
import type { CacheLimits } from '../../core/cache-policy.ts'
import { costNano, type Exchange, mainAttempt } from '../../core/exchange.ts'
import type { Reply } from '../../core/reply.ts'
import { Fill } from './fill.ts'
import { isPaced, render, replyInPace, replyOfBytes, replyOfEvents } from './kept-reply.ts'
import { findLike } from './like.ts'
import type { ReplyStore } from './ports.ts'
import { type BytesKey, bytesKeyOf, type RequestKeys, requestKeysOf } from './request-keys.ts'
import type { SemanticDeps } from './semantic-look-up.ts'
import { sharedClient } from './shared-client.ts'
import { ageOf, isShortEnough, Shelf } from './shelf.ts'
import { answeredWith, blankRecord, noteLookUp, passedBy, type Visit } from './visit.ts'

export interface ReplyCacheDeps {
  store: ReplyStore
  semantic: SemanticDeps
  limits(): CacheLimits
}

/** What is known of one request on its way through the cache. */
interface Asking {
  context: AttemptContext
  asked: BytesKey
  keys: RequestKeys
}

/** A visit on which a reply is made. */
type FillVisit = Visit & { fill: Fill }

/**
 * Replies that are given again: from memory, from the store, while they are being made for somebody else, or for
 * another question of the same meaning. Everything is found by keys that hold the caller's scope.
 */
export class ReplyCache {
  readonly #deps: ReplyCacheDeps
  readonly #shelf: Shelf
  readonly #flights = new Flights()
  /** Keys whose reply is being fetched anew beside a stale one. */
  readonly #refreshing = new Set<CacheHash>()

  constructor(deps: ReplyCacheDeps) {
    this.#deps = deps
    this.#shelf = new Shelf(deps.store, deps.limits)
  }

  /** Bytes of replies in memory. */
  get memoryBytes(): number {
    return this.#shelf.memoryBytes
  }

  /** Follows a change of the config. */
  resize(): void {
    this.#shelf.resize()
  }

  /** Forgets what is meant, in memory; what is under way is not kept either. */
  purge(selection: CacheSelection): void {
    this.#shelf.purge(selection)
  }

  /** Looks one request up, the cheapest way first. Throws `invalid_header`. */
  async enter(context: AttemptContext, headers: IncomingHttpHeaders): Promise<Visit> {
    const { exchange } = context
    const startedAt = performance.now()
    const asked = bytesKeyOf(context, headers)
    if (asked === null || typeof asked === 'string') return passedBy(exchange, asked)
    exchange.cache = blankRecord()
    const looks = asked.directive !== 'refresh' && asked.policy.mode !== 'none'
    const sameBytes = looks ? this.#sameBytes(context, asked, startedAt) : null
    if (sameBytes) return sameBytes
    const keys = requestKeysOf(context, asked)
    if (typeof keys === 'string') return passedBy(exchange, keys)
    const asking: Asking = { context, asked, keys }
    if (!looks) return this.#fill(asking, false)
    const sameRequest = this.#sameRequest(asking, startedAt)
    if (sameRequest) return sameRequest
    noteLookUp(exchange, 'exact', startedAt, 'miss')
    return (await this.#sameNow(asking)) ?? (await this.#like(asking))
  }

  /** The same bytes were answered before: nothing has to be read. */
  #sameBytes(context: AttemptContext, { bytesKey, policy }: BytesKey, startedAt: number): Visit | null {
    const known = this.#shelf.rendering(bytesKey)
    if (!known || ageOf(known.remembered) !== 'fresh') return null
    if (isPaced(policy, context.inbound) || isGuarded(context)) return null
    const { exchange, inbound } = context
    this.#shelf.noteHit(exchange, known.remembered, 'hit-exact', 'bytes')
    exchange.lossy = [...known.lossy]
    noteLookUp(exchange, 'exact', startedAt, 'hit')
    return answeredWith(replyOfBytes(known, inbound.head.stream))
  }

  /** The same request was answered before, maybe in another format. */
  #sameRequest({ context, asked, keys }: Asking, startedAt: number): Visit | null {
    const { exchange, inbound } = context
    const found = this.#shelf.find(keys.key, asked)
    if (!found || !isShortEnough(found, keys)) return null
    const age = ageOf(found)
    if (age === 'old') return null
    this.#shelf.noteHit(exchange, found, age === 'fresh' ? 'hit-exact' : 'stale', 'canonical')
    noteLookUp(exchange, 'exact', startedAt, 'hit')
    const revalidates = age === 'revalidate' && !this.#refreshing.has(keys.key)
    if (revalidates) this.#refreshing.add(keys.key)
    if (isPaced(asked.policy, inbound)) return answeredWith(replyInPace(found.reply), { revalidates })
    if (isGuarded(context)) return answeredWith(replyOfEvents(found.reply.events, inbound), { revalidates })
    const rendered = render(found.reply.events, inbound)
    exchange.lossy = [...rendered.lossy]
    if (age === 'fresh') this.#shelf.keepRendering(asked.bytesKey, { remembered: found, ...rendered })
    return answeredWith(replyOfBytes(rendered, inbound.head.stream), { revalidates })
  }

  /** The same request is under way: its reply is this one's, too. Where it breaks, each goes alone. */
  async #sameNow({ context, keys }: Asking): Promise<Visit | null> {
    const flight = this.#flights.get(flightKey(keys))
    if (!flight) return null
    const { exchange, inbound, cancellation, deadline } = context
    const startedAt = performance.now()
    const shares = await flight.join(inbound.head.stream, cancellation, deadline - startedAt)
    exchange.waitedMs += performance.now() - startedAt
    if (!shares) {
      flight.leave()
      return null
    }
    noteJoined(exchange, flight.leader)
    const reply: Reply = inbound.head.stream
      ? { kind: 'events', headers: {}, events: flight.follow() }
      : replyOfEvents(flight.events, inbound)
    return answeredWith(reply, {
      finish() {
        flight.leave()
        exchange.cache!.saved_nano = costNano(flight.leader)
      },
    })
  }

  /** Another question of the same meaning was answered before; else a reply has to be made. */
  async #like(asking: Asking): Promise<Visit> {
    const visit = this.#fill(asking, true)
    const { asked, keys } = asking
    if (asked.policy.mode !== 'semantic' || keys.question === null) return visit
    const like = await findLike({ ...this.#deps, shelf: this.#shelf }, visit.fill)
    if (like?.outcome === 'hit') return this.#giveToAll(visit.fill, like.found)
    if (like) visit.fill.check = like.found.reply
    return visit
  }

  /** A kept reply for the request that looked it up and for all that wait for the same. */
  #giveToAll(fill: Fill, found: Remembered): Visit {
    const { context, asked, flight } = fill
    const { inbound, exchange } = context
    this.#shelf.noteHit(exchange, found, 'hit-semantic', null)
    for (const event of found.reply.events) flight.push(event)
    flight.close('whole')
    const paced = isPaced(asked.policy, inbound)
    const reply = paced ? replyInPace(found.reply) : replyOfEvents(found.reply.events, inbound)
    return answeredWith(reply, { finish: () => this.#land(fill) })
  }

  /** A reply is made now. `leads`: others may wait for it. */
  #fill(asking: Asking, leads: boolean): FillVisit {
    const { context, asked, keys } = asking
    const key = flightKey(keys)
    const isFirst = leads && this.#flights.get(key) === null
    const flight = isFirst ? this.#flights.lead(key, context.exchange) : this.#flights.alone(context.exchange)
    const fill = new Fill(context, asked, keys, flight, this.#deps.limits().replyBytes)
    return {
      fill,
      reply: null,
      watcher: fill.capture,
      revalidates: false,
      clientFor: (client) => sharedClient(client, flight),
      lastGood: () => this.#lastGood(asking),
      finish: () => {
        this.#keep(fill)
        this.#land(fill)
      },
    }
  }

  #land({ keys, flight }: Fill): void {
    this.#flights.end(flightKey(keys), flight)
    this.#refreshing.delete(keys.key)
  }

  #keep(fill: Fill): void {
    const { exchange } = fill.context
    const reply = fill.settle()
    if (!reply) return
    const entry = fill.entryOf(reply)
    const vector = entry.context === null ? null : (fill.lookUp?.vector() ?? null)
    const kept = this.#shelf.keep(entry, reply, fill.asked, { vector, startedAt: exchange.startedAt })
    if (!kept) exchange.cache!.why ??= 'not kept: it is too large, or the cache was purged meanwhile'
    if (fill.check) void this.#compare(exchange.id, fill.check, reply)
  }

  async #compare(requestId: string, kept: StoredReply, fresh: StoredReply): Promise<void> {
    const { store, semantic } = this.#deps
    const answer = textOf(fresh.events)
    try {
      const agreement = await semantic.search.agreement(textOf(kept.events), answer)
      store.noteCheck(requestId, answer, agreement, Date.now())
    } catch (error) {
      semantic.onFault(error)
    }
  }

  #lastGood({ context, asked, keys }: Asking): Reply | null {
    const found = this.#shelf.find(keys.key, asked)
    if (!found || !isShortEnough(found, keys)) return null
    this.#shelf.noteHit(context.exchange, found, 'stale', 'canonical')
    return replyOfEvents(found.reply.events, context.inbound)
  }
}

/** Whose reply this is, as far as it is known while that one is under way. */
function noteJoined(exchange: Exchange, leader: Exchange): void {
  const target = mainAttempt(leader)?.target
  const cache = leader.cache
  Object.assign(exchange.cache!, {
    outcome: cache?.outcome === 'hit-semantic' ? 'hit-semantic' : 'hit-exact',
    found: 'in-flight',
    similarity: cache?.similarity ?? null,
    age_ms: cache?.age_ms ?? 0,
    source: cache?.source ?? leader.id,
    provider: target?.provider ?? cache?.provider ?? null,
    model: target?.model ?? cache?.model ?? null,
  } satisfies Partial<CacheRecord>)
}

/** Those who allow fewer tokens may get another reply. */
function flightKey({ key, maxTokens }: RequestKeys): CacheHash {
  return `${key} ${maxTokens}`
}
