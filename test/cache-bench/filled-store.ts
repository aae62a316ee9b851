import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CacheEntry } from '../../server/core/cache.ts'
import type { CacheWrite } from '../../server/core/thread-messages.ts'
import { CacheStore } from '../../server/stores/cache/cache-store.ts'
import { loadVectorLibrary } from '../../server/stores/cache/library.ts'
import { type Db, openForWriting } from '../../server/stores/database.ts'
import { DIMENSIONS } from './vectors.ts'

const SPACE = { id: 'bench-1', dimensions: DIMENSIONS }
const PER_BATCH = 64
/** Of a usual question, and of a short reply: what is measured is the search. */
const QUESTION = 'How do I reset the password of my account on the support page? '
const REPLY = JSON.stringify({ events: [], streamMs: 0, text: 'x'.repeat(400) })

/** A store on disk that is filled through the cache's own way in. */
export class FilledStore {
  readonly #folder = mkdtempSync(join(tmpdir(), 'gatehouse-cache-bench-'))
  readonly file = join(this.#folder, 'gatehouse.db')
  readonly #db: Db = openForWriting(this.file)
  readonly #store = new CacheStore(this.#db, loadVectorLibrary(this.#db))
  #count = 0
  /** All of it together. */
  putMs = 0

  /** Adds entries; `context` is that of the n-th of all. */
  add(count: number, next: () => Float32Array, context: (index: number) => string): void {
    for (let left = count; left > 0; left -= PER_BATCH) {
      const writes = Array.from({ length: Math.min(PER_BATCH, left) }, () => this.#put(next(), context))
      const start = performance.now()
      const { failed, problem } = this.#store.apply(writes)
      this.putMs += performance.now() - start
      if (failed > 0) throw new Error(problem!)
    }
    this.#db.pragma('wal_checkpoint(TRUNCATE)')
  }

  get fileBytes(): number {
    return statSync(this.file).size
  }

  /** All vectors in order, in one long array; `count` of them. */
  vectors(): Iterable<Buffer> {
    return this.#db.prepare('SELECT vector FROM cache_vectors ORDER BY id').pluck().iterate() as Iterable<Buffer>
  }

  close(): void {
    this.#db.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #put(vector: Float32Array, context: (index: number) => string): CacheWrite {
    const index = this.#count++
    return { type: 'put', entry: entryOf(index, context(index)), vector: { space: SPACE, vector } }
  }
}

export function like(vector: Float32Array) {
  return { space: SPACE, vector }
}

/** As long as a hash. */
export function contextOf(index: number): string {
  return String(index).padStart(43, 'c')
}

function entryOf(index: number, context: string): CacheEntry {
  const forever = Number.MAX_SAFE_INTEGER
  return {
    key: String(index).padStart(43, 'k'),
    scope: { hash: 's'.repeat(43), tenant: 'bench', route: 'bench', partition: null, namespace: null },
    context,
    question: QUESTION + index,
    requestId: String(index),
    provider: 'sandbox',
    model: 'small',
    reply: REPLY,
    outputTokens: 100,
    costNano: 1000,
    durationMs: 1000,
    createdAt: 0,
    freshUntil: forever,
    revalidateUntil: forever,
    keptUntil: forever,
  }
}
