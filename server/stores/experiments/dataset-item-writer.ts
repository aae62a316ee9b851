import { type AddedItems, type DatasetItem, MOST_ITEMS } from '../../core/dataset.ts'
import type { Db } from '../database.ts'

const COLUMNS = 'hash, split, request, reference, reply, facts, request_id'

/** Writes items of datasets; what it does belongs into the caller's transaction. */
export class DatasetItemWriter {
  readonly #insert
  readonly #last
  readonly #lastOfSome
  readonly #copy
  readonly #remove
  readonly #sweep

  constructor(db: Db) {
    const places = COLUMNS.split(',').map(() => '?')
    this.#insert = db.prepare(
      `INSERT OR IGNORE INTO dataset_items (dataset, position, ${COLUMNS}) VALUES (?, ?, ${places.join(', ')})`,
    )
    this.#last = db.prepare('SELECT coalesce(max(position), 0) FROM dataset_items WHERE dataset = ?').pluck()
    this.#lastOfSome = db
      .prepare(
        `SELECT max(position) FROM (
          SELECT position FROM dataset_items WHERE dataset = ? AND position > ? ORDER BY position LIMIT ?
        )`,
      )
      .pluck()
    this.#copy = db.prepare(
      `INSERT OR IGNORE INTO dataset_items (dataset, position, ${COLUMNS})
      SELECT ?, position, ${COLUMNS} FROM dataset_items WHERE dataset = ? AND position > ? AND position <= ?`,
    )
    this.#remove = db.prepare('DELETE FROM dataset_items WHERE dataset = ? AND position = ?')
    this.#sweep = db.prepare(
      `DELETE FROM dataset_items WHERE rowid IN (SELECT dataset_items.rowid FROM datasets
        JOIN dataset_items ON dataset = datasets.id WHERE state = 'gone' LIMIT ?)`,
    )
  }

  /** `null`: there is no room for all of them, and none was added. */
  add(dataset: string, items: readonly DatasetItem[]): AddedItems | null {
    const before = this.#last.get(dataset) as number
    if (before + items.length > MOST_ITEMS) return null
    let last = before
    for (const { hash, split, request, reference, reply, facts, requestId } of items) {
      const text = (value: object | null) => (value === null ? null : JSON.stringify(value))
      const row = [hash, split, text(request), text(reference), text(reply), text(facts), requestId]
      last += this.#insert.run(dataset, last + 1, ...row).changes
    }
    return { added: last - before, duplicates: items.length - (last - before) }
  }

  /** Copies so many items from behind a position on, and returns the last one's; `null` where there are none. */
  copy(to: string, from: string, after: number, limit: number): number | null {
    const last = this.#lastOfSome.get(from, after, limit) as number | null
    if (last !== null) this.#copy.run(to, from, after, last)
    return last
  }

  /** False where there is none at this position. */
  remove(dataset: string, position: number): boolean {
    return this.#remove.run(dataset, position).changes > 0
  }

  /** Takes away so many items of versions that were deleted; returns how many. */
  sweep(limit: number): number {
    return this.#sweep.run(limit).changes
  }
}
