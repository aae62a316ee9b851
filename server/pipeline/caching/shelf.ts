import { isAskedAgain, MemoryCache, type Remembered, type Rendering } from '../../cache/memory.ts'
import type { StoredReply } from '../../cache/stored-reply.ts'
import type { CacheEntry, CacheHash, CacheOutcome, CacheRecord, CacheSelection, SpaceVector } from '../../core/cache.ts'
import type { CacheLimits } from '../../core/cache-policy.ts'
import type { Exchange } from '../../core/exchange.ts'
import type { ReplyStore } from './ports.ts'
import type { BytesKey, RequestKeys } from './request-keys.ts'

/** An entry is given as it is, given while another is fetched, or kept for bad days. */
export type Age = 'fresh' | 'revalidate' | 'old'

/** Where kept replies lie: memory in front of the store. */
export class Shelf {
  readonly #store: ReplyStore
  readonly #limits: () => CacheLimits
  readonly #memory: MemoryCache
  /** `performance.now()` of the last purge: what was begun before it is not kept. */
  #purgedAt = 0

  constructor(store: ReplyStore, limits: () => CacheLimits) {
    this.#store = store
    this.#limits = limits
    this.#memory = new MemoryCache(limits().memoryBytes)
  }

  get memoryBytes(): number {
    return this.#memory.bytes
  }

  /** Follows a change of the config. */
  resize(): void {
    this.#memory.resize(this.#limits().memoryBytes)
  }

  /** Forgets what is meant, in memory; what is under way is not kept either. */
  purge(selection: CacheSelection): void {
    this.#purgedAt = performance.now()
    this.#memory.purge(selection)
  }

  /** What was sent for the same bytes. */
  rendering(bytesKey: CacheHash): Rendering | null {
    return this.#memory.rendering(bytesKey)
  }

  keepRendering(bytesKey: CacheHash, rendering: Rendering): void {
    this.#memory.keepRendering(bytesKey, rendering)
  }

  /** From memory, else from the store. That it is of the asker's own scope is checked here once more. */
  find(key: CacheHash, { scope }: BytesKey): Remembered | null {
    const known = this.#memory.reply(key)
    if (known) return known.entry.scope.hash === scope.hash ? known : null
    const entry = this.#store.find(key)
    if (!entry || entry.scope.hash !== scope.hash || entry.keptUntil <= Date.now()) return null
    const reply = JSON.parse(entry.reply) as StoredReply
    return this.#memory.remember(entry, reply)
  }

  /** False where it is too large, or was begun before a purge. */
  keep(
    entry: CacheEntry,
    reply: StoredReply,
    { bytesKey }: BytesKey,
    { vector, startedAt }: { vector: SpaceVector | null; startedAt: number },
  ): boolean {
    if (startedAt < this.#purgedAt || Buffer.byteLength(entry.reply) > this.#limits().replyBytes) return false
    isAskedAgain(this.#memory.remember(entry, reply), bytesKey)
    this.#store.put(entry, vector)
    return true
  }

  /** Writes down whose reply a request got. */
  noteHit(exchange: Exchange, { entry }: Remembered, outcome: CacheOutcome, found: CacheRecord['found']): void {
    const now = Date.now()
    Object.assign(exchange.cache!, {
      outcome,
      found,
      age_ms: Math.max(0, now - entry.createdAt),
      source: entry.requestId,
      provider: entry.provider,
      model: entry.model,
      saved_nano: entry.costNano,
      saved_ms: entry.durationMs,
    } satisfies Partial<CacheRecord>)
    this.#store.noteHit(entry.key, now)
  }
}

export function ageOf({ entry }: Remembered): Age {
  const now = Date.now()
  if (entry.freshUntil > now) return 'fresh'
  return entry.revalidateUntil > now ? 'revalidate' : 'old'
}

/** A complete reply is good for every request that allows as many tokens as it has. */
export function isShortEnough({ entry }: Remembered, { maxTokens }: RequestKeys): boolean {
  return maxTokens === null || entry.outputTokens <= maxTokens
}
