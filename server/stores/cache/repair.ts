import { type Db, writing } from '../database.ts'
import { bitsTable, createBitsTable, dropBitsTable, hasBitsTable, spacesWithBits } from './bits.ts'
import { STEP_ROWS } from './steps.ts'
import { LONGEST_TAIL, type VectorWriter } from './vectors.ts'

/**
 * Catches up with what an earlier run left undone: spaces that were being removed go, and after a run without sqlite-vec
 * bits without a vector are removed, and vectors get the bits that they could not have. Steps as in a sweep.
 */
export function* repairVectors(db: Db, vectors: VectorWriter, problem: string | null): Generator<void, void> {
  const dropped = db.prepare('SELECT id FROM cache_spaces WHERE name IS NULL').pluck().all() as number[]
  for (const id of dropped) yield* vectors.finishDrop(id)
  if (problem !== null) return
  const spaces = db.prepare('SELECT id, dimensions FROM cache_spaces').all() as { id: number; dimensions: number }[]
  for (const id of spacesWithBits(db)) if (!spaces.some((space) => space.id === id)) dropBitsTable(db, id)
  for (const { id, dimensions } of spaces) if (!hasBitsTable(db, id)) createBitsTable(db, id, dimensions)
  if (db.prepare('SELECT orphans FROM cache_totals').pluck().get()) {
    for (const { id } of spaces) yield* removeOrphans(db, id)
    db.prepare('UPDATE cache_totals SET orphans = 0').run()
  }
  const long = db.prepare('SELECT id, space FROM cache_contexts WHERE tail >= ? ORDER BY id')
  for (const { id, space } of long.all(LONGEST_TAIL) as { id: number; space: number }[])
    while (writing(db, () => vectors.shortenTail(id, space))()) yield
}

function* removeOrphans(db: Db, space: number): Generator<void, void> {
  const table = bitsTable(space)
  const orphans = db
    .prepare(`SELECT rowid FROM ${table}_rowids WHERE rowid NOT IN (SELECT id FROM cache_vectors) LIMIT ${STEP_ROWS}`)
    .pluck()
  const remove = db.prepare(`DELETE FROM ${table} WHERE rowid = ?`)
  const step = writing(db, () => {
    const found = orphans.all() as number[]
    for (const id of found) remove.run(BigInt(id))
    return found.length
  })
  while (step() > 0) yield
}
