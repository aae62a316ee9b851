import { type Db, writing } from '../database.ts'
import { BLOCK_VECTORS, bitsTable, spacesWithBits } from './bits.ts'
import { STEP_ROWS } from './steps.ts'

/**
 * Moves bits together. sqlite-vec gives a block back when its last vector is deleted, and puts new ones only into a
 * context's last block: what is evicted here and there leaves holes that every search reads through. Where more than
 * half of the places are holes, the vectors of the emptiest blocks go to the end. Steps as in a sweep.
 */
export function* tidyBits(db: Db): Generator<void, void> {
  for (const space of spacesWithBits(db)) if (isSparse(db, space)) yield* moveTogether(db, space)
}

/** The last block of a context is being filled and does not count. */
function isSparse(db: Db, space: number): boolean {
  const { vectors, contexts } = db
    .prepare(
      `SELECT coalesce(sum(vectors - tail), 0) AS vectors, count(*) AS contexts
      FROM cache_contexts WHERE space = ? AND bits_to > 0`,
    )
    .get(space) as { vectors: number; contexts: number }
  const blocks = db
    .prepare(`SELECT count(*) FROM ${bitsTable(space)}_chunks`)
    .pluck()
    .get() as number
  return (blocks - contexts) * BLOCK_VECTORS > 2 * vectors
}

function* moveTogether(db: Db, space: number): Generator<void, void> {
  const table = bitsTable(space)
  const rows = db
    .prepare(
      `SELECT rowid FROM ${table}_rowids WHERE chunk_id IN (
        SELECT blocks.chunk_id FROM ${table}_chunks AS blocks
        JOIN (SELECT chunk_id, count(*) AS vectors FROM ${table}_rowids GROUP BY chunk_id) AS filled
          ON filled.chunk_id = blocks.chunk_id
        WHERE filled.vectors <= ${BLOCK_VECTORS / 2} AND blocks.chunk_id < (
          SELECT max(chunk_id) FROM ${table}_chunks WHERE partition00 = blocks.partition00))`,
    )
    .pluck()
    .all() as number[]
  const read = db.prepare(`SELECT context, bits FROM ${table} WHERE rowid = ?`)
  const remove = db.prepare(`DELETE FROM ${table} WHERE rowid = ?`)
  const insert = db.prepare(`INSERT INTO ${table} (rowid, context, bits) VALUES (?, ?, vec_bit(?))`)
  const move = writing(db, (ids: readonly number[]) => {
    for (const id of ids.map(BigInt)) {
      const found = read.get(id) as { context: number; bits: Buffer } | undefined
      if (!found) continue
      remove.run(id)
      insert.run(id, BigInt(found.context), found.bits)
    }
  })
  for (let from = 0; from < rows.length; from += STEP_ROWS) {
    move(rows.slice(from, from + STEP_ROWS))
    yield
  }
}
