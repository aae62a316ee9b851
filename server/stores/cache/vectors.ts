import type { SpaceVector, VectorSpace } from '../../core/cache.ts'
import { type Db, writing } from '../database.ts'
import { bitsTable, createBitsTable, dropBitsTable, floatsOf, hasBitsTable, signBits } from './bits.ts'
import { STEP_ROWS } from './steps.ts'

/**
 * Vectors without bits that a context may have, its tail. A search compares them whole, so that it is exact in contexts
 * of fewer vectors than this: the most of them, which never take a block of bits either. It takes a third of a
 * millisecond.
 */
export const LONGEST_TAIL = 256

interface ContextsRow {
  id: number
  bits_to: number
  tail: number
}

/** Writes vectors and their bits. What it does belongs into the caller's transaction. */
export class VectorWriter {
  readonly #db: Db
  /** Why there are no bits. */
  readonly #problem: string | null
  readonly #spaces = new Map<string, { id: number; dimensions: number }>()
  readonly #addContext
  readonly #addVector
  readonly #vectorsOf
  readonly #removeVector
  readonly #contextOf
  readonly #tailOf
  readonly #noteBits
  readonly #noteOrphans

  /** `problem` says why sqlite-vec is not there, if so. */
  constructor(db: Db, problem: string | null) {
    this.#db = db
    this.#problem = problem
    this.#addContext = db
      .prepare(
        `INSERT INTO cache_contexts (space, context) VALUES (?, ?)
        ON CONFLICT (space, context) DO UPDATE SET space = excluded.space RETURNING id`,
      )
      .pluck()
    this.#addVector = db.prepare('INSERT INTO cache_vectors (entry, space, context, vector) VALUES (?, ?, ?, ?)')
    this.#vectorsOf = db.prepare(
      `SELECT vectors.id, vectors.space, vectors.id <= contexts.bits_to AS hasBits
      FROM cache_vectors AS vectors JOIN cache_contexts AS contexts ON contexts.id = vectors.context
      WHERE vectors.entry = ? AND (? IS NULL OR vectors.space = ?)`,
    )
    this.#removeVector = db.prepare('DELETE FROM cache_vectors WHERE id = ?')
    this.#contextOf = db.prepare('SELECT id, bits_to, tail FROM cache_contexts WHERE id = ?')
    this.#tailOf = db.prepare('SELECT id, vector FROM cache_vectors WHERE context = ? AND id > ? ORDER BY id LIMIT ?')
    this.#noteBits = db.prepare('UPDATE cache_contexts SET bits_to = ?, tail = tail - ? WHERE id = ?')
    this.#noteOrphans = db.prepare('UPDATE cache_totals SET orphans = 1')
  }

  /** Gives an entry a vector, in place of one of the same space. Throws for one of another length than its space's. */
  add(entry: number, context: string, { space, vector }: SpaceVector): void {
    const { id, dimensions } = this.#spaceOf(space)
    if (vector.length !== dimensions)
      throw new Error(`a vector of ${vector.length} dimensions in the space ${space.id}, which has ${dimensions}`)
    this.remove(entry, id)
    const contextId = this.#addContext.get(id, context) as number
    this.#addVector.run(entry, id, contextId, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))
    this.shortenTail(contextId, id)
  }

  /** Takes an entry's vectors away, of all spaces or of one. */
  remove(entry: number, space: number | null = null): void {
    const vectors = this.#vectorsOf.all(entry, space, space) as { id: number; space: number; hasBits: number }[]
    for (const each of vectors) {
      if (each.hasBits) this.#removeBits(each.id, each.space)
      this.#removeVector.run(each.id)
    }
  }

  /** Makes bits for a tail that is too long, as many as a transaction may take. */
  shortenTail(context: number, space: number): boolean {
    if (this.#problem !== null) return false
    const row = this.#contextOf.get(context) as ContextsRow | undefined
    if (!row || row.tail < LONGEST_TAIL) return false
    const vectors = this.#tailOf.all(context, row.bits_to, LONGEST_TAIL) as { id: number; vector: Buffer }[]
    const insert = this.#db.prepare(`INSERT INTO ${bitsTable(space)} (rowid, context, bits) VALUES (?, ?, vec_bit(?))`)
    for (const { id, vector } of vectors) insert.run(BigInt(id), BigInt(context), signBits(floatsOf(vector)))
    this.#noteBits.run(vectors.at(-1)!.id, vectors.length, context)
    return true
  }

  /** Removes a space with all its vectors; how many there were. Steps as in a sweep. */
  *dropSpace(name: string): Generator<void, number> {
    const space = this.#db.prepare('SELECT id FROM cache_spaces WHERE name = ?').pluck().get(name) as number | undefined
    if (space === undefined) return 0
    this.#spaces.delete(name)
    writing(this.#db, () => {
      if (this.#problem === null) dropBitsTable(this.#db, space)
      // The bits are gone: what is left of a context is all tail. Vectors that come now begin a space of their own.
      this.#db.prepare('UPDATE cache_contexts SET bits_to = 0, tail = vectors WHERE space = ?').run(space)
      this.#db.prepare('UPDATE cache_spaces SET name = NULL WHERE id = ?').run(space)
    })()
    return yield* this.finishDrop(space)
  }

  /** Removes what is left of a space without a name. */
  *finishDrop(space: number): Generator<void, number> {
    const remove = this.#db.prepare(
      `DELETE FROM cache_vectors WHERE id IN (SELECT id FROM cache_vectors WHERE space = ? LIMIT ${STEP_ROWS})`,
    )
    let vectors = 0
    for (let removed = remove.run(space).changes; removed > 0; removed = remove.run(space).changes) {
      vectors += removed
      yield
    }
    this.#db.prepare('DELETE FROM cache_spaces WHERE id = ?').run(space)
    return vectors
  }

  /** What it knows of spaces may have been rolled back. */
  forgetSpaces(): void {
    this.#spaces.clear()
  }

  #removeBits(vector: number, space: number): void {
    if (this.#problem !== null) this.#noteOrphans.run()
    else this.#db.prepare(`DELETE FROM ${bitsTable(space)} WHERE rowid = ?`).run(BigInt(vector))
  }

  /** The space's row, made where it is new, and its table of bits, made where there can be one. */
  #spaceOf({ id: name, dimensions }: VectorSpace): { id: number; dimensions: number } {
    const known = this.#spaces.get(name)
    if (known) return known
    this.#db.prepare('INSERT OR IGNORE INTO cache_spaces (name, dimensions) VALUES (?, ?)').run(name, dimensions)
    const space = this.#db.prepare('SELECT id, dimensions FROM cache_spaces WHERE name = ?').get(name) as {
      id: number
      dimensions: number
    }
    if (this.#problem === null && !hasBitsTable(this.#db, space.id))
      createBitsTable(this.#db, space.id, space.dimensions)
    this.#spaces.set(name, space)
    return space
  }
}
