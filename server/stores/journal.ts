import type { Db } from './database.ts'

/** Batches that wait, in order of arrival. */
export interface Journal {
  /** Batches in it. */
  readonly length: number
  append(records: Buffer): void
  /** The oldest batch, left in place. */
  first(): { id: number; records: Buffer } | null
  remove(id: number): void
}

/** The journal of a store: one row a batch, so that keeping a record costs a microsecond. */
export function openJournal(db: Db): Journal {
  const insert = db.prepare('INSERT INTO journal (records) VALUES (?)')
  const first = db.prepare('SELECT id, records FROM journal ORDER BY id LIMIT 1')
  const remove = db.prepare('DELETE FROM journal WHERE id = ?')
  let length = db.prepare('SELECT count(*) FROM journal').pluck().get() as number
  return {
    get length() {
      return length
    },
    append(records) {
      insert.run(records)
      length += 1
    },
    first: () => (first.get() as { id: number; records: Buffer } | undefined) ?? null,
    remove(id) {
      remove.run(id)
      length -= 1
    },
  }
}
