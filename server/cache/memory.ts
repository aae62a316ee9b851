import { LRUCache } from 'lru-cache'
import type { CacheEntry, CacheHash, CacheSelection } from '../core/cache.ts'
import type { StoredReply } from './stored-reply.ts'

/** A reply in memory. */
export interface Remembered {
  entry: CacheEntry
  reply: StoredReply
  /** False once another reply has taken its place, or it was purged. */
  current: boolean
  /** Hashes of the bytes that it was last asked for with. */
  askedWith: CacheHash[]
}

/** A reply as it went to a client that sent these very bytes. */
export interface Rendering {
  remembered: Remembered
  contentType: string
  body: string
  /** Names of what the client's format could not carry. */
  lossy: readonly string[]
}

/** Bytes of different requests of one meaning that are remembered, to tell which come again. */
const MOST_ASKED = 8
/** What an object and its places in maps take besides its texts. */
const OVERHEAD_BYTES = 512
/** A text takes one byte a character in V8 where all of them are Latin-1, else two. */
const BYTES_PER_CHARACTER = 2

/**
 * Replies in front of the store, the least recently used make room. One budget holds replies by key and, by the hash
 * of a request's bytes, what was sent for them.
 */
export class MemoryCache {
  #items: LRUCache<CacheHash, Remembered | Rendering>
  #budget: number

  constructor(bytes: number) {
    this.#budget = bytes
    this.#items = itemsOf(bytes)
  }

  get bytes(): number {
    return this.#items.calculatedSize
  }

  get budget(): number {
    return this.#budget
  }

  /** Another budget; what does not fit in it goes. */
  resize(bytes: number): void {
    if (bytes === this.#budget) return
    const before = [...this.#items.entries()].reverse()
    this.#budget = bytes
    this.#items = itemsOf(bytes)
    for (const [key, item] of before) this.#set(key, item)
  }

  reply(key: CacheHash): Remembered | null {
    const item = this.#items.get(key)
    return item && !('remembered' in item) && item.current ? item : null
  }

  remember(entry: CacheEntry, reply: StoredReply): Remembered {
    const before = this.#items.peek(entry.key)
    if (before && !('remembered' in before)) before.current = false
    const remembered: Remembered = { entry, reply, current: true, askedWith: [] }
    this.#set(entry.key, remembered)
    return remembered
  }

  rendering(bytesKey: CacheHash): Rendering | null {
    const item = this.#items.get(bytesKey)
    if (!item || !('remembered' in item)) return null
    if (item.remembered.current) return item
    this.#items.delete(bytesKey)
    return null
  }

  /** Keeps what was sent for these bytes once they have come before: most of those that differ come only once. */
  keepRendering(bytesKey: CacheHash, rendering: Rendering): void {
    if (isAskedAgain(rendering.remembered, bytesKey)) this.#set(bytesKey, rendering)
  }

  /** Forgets what is meant. */
  purge(selection: CacheSelection): void {
    for (const [key, item] of [...this.#items.entries()]) {
      const remembered = 'remembered' in item ? item.remembered : item
      if (!isMeant(remembered.entry, selection)) continue
      remembered.current = false
      this.#items.delete(key)
    }
  }

  #set(key: CacheHash, item: Remembered | Rendering): void {
    const size = sizeOf(item)
    if (size > this.#budget) this.#items.delete(key)
    else this.#items.set(key, item, { size })
  }
}

/** Also notes that these bytes have asked for it. */
export function isAskedAgain({ askedWith }: Remembered, bytesKey: CacheHash): boolean {
  if (askedWith.includes(bytesKey)) return true
  askedWith.push(bytesKey)
  if (askedWith.length > MOST_ASKED) askedWith.shift()
  return false
}

/** True when all that the selection says holds of the entry. */
function isMeant({ key, scope }: CacheEntry, selection: CacheSelection): boolean {
  return (
    (selection.key === undefined || selection.key === key) &&
    (selection.tenant === undefined || selection.tenant === scope.tenant) &&
    (selection.route === undefined || selection.route === scope.route)
  )
}

function itemsOf(bytes: number): LRUCache<CacheHash, Remembered | Rendering> {
  return new LRUCache({ maxSize: bytes })
}

/** The parsed reply takes about what its JSON takes. */
function sizeOf(item: Remembered | Rendering): number {
  const characters =
    'remembered' in item ? item.body.length : 2 * item.entry.reply.length + (item.entry.question?.length ?? 0)
  return OVERHEAD_BYTES + BYTES_PER_CHARACTER * characters
}
