import type { Db } from '../database.ts'

/**
 * Vectors as bits, one table of sqlite-vec per space. They only narrow a search down: a vector's bits are the signs of
 * its members, and vectors that point the same way agree in most of them.
 */

/** Bits are compared 64 at a time. */
const WORD_BITS = 64
/**
 * Vectors in one block of a table. A block belongs to one context and is laid out whole; a search sorts each block and
 * merges it into what was found, so that large ones are faster.
 */
export const BLOCK_VECTORS = 1024

export function bitsLength(dimensions: number): number {
  return Math.ceil(dimensions / WORD_BITS) * WORD_BITS
}

/** A bit for each member, set where it is above zero; the last word is filled up with zeros. */
export function signBits(vector: Float32Array): Uint8Array {
  const bits = new Uint8Array(bitsLength(vector.length) / 8)
  for (let index = 0; index < vector.length; index += 1) {
    if (vector[index]! > 0) bits[index >> 3]! |= 1 << (index & 7)
  }
  return bits
}

/** Name of a space's table. */
export function bitsTable(space: number | ''): string {
  return `cache_bits_${space}`
}

export function hasBitsTable(db: Db, space: number): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(bitsTable(space)) !== undefined
}

/** Spaces that have a table, whether or not they are there any more. */
export function spacesWithBits(db: Db): number[] {
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'cache_bits_[0-9]*' AND sql LIKE 'CREATE VIRTUAL TABLE%'")
    .pluck()
    .all() as string[]
  return names.map((name) => Number(name.slice(bitsTable('').length)))
}

/**
 * The index is on one of sqlite-vec's own tables, which has none by partition: without it every insert and every
 * search reads through the blocks of all contexts.
 */
export function createBitsTable(db: Db, space: number, dimensions: number): void {
  const table = bitsTable(space)
  db.exec(
    `CREATE VIRTUAL TABLE ${table} USING vec0(
      context INTEGER PARTITION KEY, bits bit[${bitsLength(dimensions)}], chunk_size=${BLOCK_VECTORS});
    CREATE INDEX ${table}_by_context ON ${table}_chunks (partition00, chunk_id)`,
  )
}

export function dropBitsTable(db: Db, space: number): void {
  db.exec(`DROP TABLE IF EXISTS ${bitsTable(space)}`)
}

/** A stored vector: float32, little-endian, as are all machines that Node runs on. */
export function floatsOf(blob: Buffer): Float32Array {
  const aligned = blob.byteOffset % 4 === 0 ? blob : new Uint8Array(blob)
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4)
}
