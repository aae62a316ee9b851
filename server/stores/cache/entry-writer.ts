import type { CacheEntry, CacheHash, SpaceVector } from '../../core/cache.ts'
import type { Db } from '../database.ts'
import { ENTRY_COLUMNS, type EntriesRow, entryBytes, entryValues } from './entries.ts'
import { priorityOf } from './eviction.ts'
import type { VectorWriter } from './vectors.ts'

type Known = Pick<
  EntriesRow,
  'id' | 'context' | 'question' | 'vector_bytes' | 'hits' | 'cost_nano' | 'duration_ms' | 'bytes'
>

/** Writes entries. What it does belongs into the caller's transaction. */
export class EntryWriter {
  readonly #vectors: VectorWriter
  readonly #find
  readonly #insert
  readonly #update
  readonly #hit
  readonly #remove
  readonly #clock

  constructor(db: Db, vectors: VectorWriter) {
    this.#vectors = vectors
    this.#find = db.prepare(
      `SELECT id, context, question, bytes, vector_bytes, hits, cost_nano, duration_ms
      FROM cache_entries WHERE key = ?`,
    )
    const columns = [...ENTRY_COLUMNS, 'bytes', 'priority']
    this.#insert = db.prepare(
      `INSERT INTO cache_entries (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    )
    this.#update = db.prepare(
      `UPDATE cache_entries SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
    )
    this.#hit = db.prepare(
      'UPDATE cache_entries SET hits = hits + ?, last_hit_at = max(coalesce(last_hit_at, 0), ?), priority = ? WHERE id = ?',
    )
    this.#remove = db.prepare('DELETE FROM cache_entries WHERE id = ?')
    this.#clock = db.prepare('SELECT clock FROM cache_totals').pluck()
  }

  /** Puts an entry in the place of one with the same key; that one's hits, and its vectors where they still fit, stay. */
  put(entry: CacheEntry, vector: SpaceVector | null): void {
    const known = this.#find.get(entry.key) as Known | undefined
    const bytes = entryBytes(entry)
    let id = known?.id
    if (known && (known.context !== entry.context || known.question !== entry.question)) this.#vectors.remove(known.id)
    const priority = priorityOf(this.#now(), entry, known?.hits ?? 0, bytes + (known?.vector_bytes ?? 0))
    const values = [...entryValues(entry), bytes, priority]
    if (id === undefined) id = Number(this.#insert.run(...values).lastInsertRowid)
    else this.#update.run(...values, id)
    if (vector !== null && entry.context !== null) this.#vectors.add(id, entry.context, vector)
  }

  /** Hits of an entry that is gone meanwhile are nobody's. */
  hit(key: CacheHash, count: number, at: number): void {
    const known = this.#find.get(key) as Known | undefined
    if (!known) return
    const cost = { costNano: known.cost_nano, durationMs: known.duration_ms }
    const priority = priorityOf(this.#now(), cost, known.hits + count, known.bytes + known.vector_bytes)
    this.#hit.run(count, Math.floor(at), priority, known.id)
  }

  addVector(key: CacheHash, vector: SpaceVector): void {
    const known = this.#find.get(key) as Known | undefined
    if (known && known.context !== null) this.#vectors.add(known.id, known.context, vector)
  }

  /** Removes an entry with all its vectors. */
  remove(id: number): void {
    this.#vectors.remove(id)
    this.#remove.run(id)
  }

  removeByKey(key: CacheHash): void {
    const known = this.#find.get(key) as Known | undefined
    if (known) this.remove(known.id)
  }

  #now(): number {
    return this.#clock.get() as number
  }
}
