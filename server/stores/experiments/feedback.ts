import { MOST_FEEDBACK, type NewFeedback } from '../../core/annotation.ts'
import type { Db } from '../database.ts'

/** A row of `feedback`. */
export interface FeedbackRow {
  id: string
  at: number
  request_id: string
  tenant: string
  key_id: string | null
  user: string | null
  value: number
  comment: string | null
}

/** A caller's request, as far as feedback needs to know it. */
export interface FeedbackRequest {
  request_id: string
  route: string
}

/** Writes feedback. What it does belongs into the caller's transaction. */
export class FeedbackWriter {
  readonly #isOfTenant
  readonly #find
  readonly #count
  readonly #insert
  readonly #replace

  constructor(db: Db) {
    this.#isOfTenant = db.prepare("SELECT 1 FROM requests WHERE request_id = ? AND tenant = ? AND purpose = 'live'")
    this.#find = db
      .prepare(
        `SELECT id FROM feedback
        WHERE request_id = ? AND coalesce(key_id, '') = coalesce(?, '') AND coalesce(user, '') = coalesce(?, '')`,
      )
      .pluck()
    this.#count = db.prepare('SELECT count(*) FROM feedback WHERE request_id = ?').pluck()
    this.#insert = db.prepare(
      'INSERT INTO feedback (id, at, request_id, tenant, key_id, user, value, comment) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#replace = db.prepare('UPDATE feedback SET at = ?, value = ?, comment = ? WHERE id = ?')
  }

  /** In place of what the same key and user said before, whose id it returns. */
  add({ id, at, requestId, tenant, key, user, value, comment }: NewFeedback): { id: string } | 'unknown' | 'full' {
    if (this.#isOfTenant.get(requestId, tenant) === undefined) return 'unknown'
    const known = this.#find.get(requestId, key, user) as string | undefined
    if (known === undefined && (this.#count.get(requestId) as number) >= MOST_FEEDBACK) return 'full'
    if (known === undefined) this.#insert.run(id, Math.floor(at), requestId, tenant, key, user, value, comment)
    else this.#replace.run(Math.floor(at), value, comment, known)
    return { id: known ?? id }
  }
}

/**
 * What a caller of this tenant means by an id: its requests, at most `limit`. Those of others, and the gateway's own, are
 * not known here, as if there were none.
 */
export function requestsForFeedback(
  db: Db,
  named: { request: string } | { trace: string },
  tenant: string,
  limit: number,
): FeedbackRequest[] {
  const test =
    'request' in named ? 'request_id = ?' : 'request_id IN (SELECT DISTINCT request_id FROM spans WHERE trace_id = ?)'
  return db
    .prepare(
      `SELECT request_id, route FROM requests WHERE ${test} AND tenant = ? AND purpose = 'live'
      ORDER BY request_id LIMIT ?`,
    )
    .all('request' in named ? named.request : named.trace, tenant, limit) as FeedbackRequest[]
}

/** What apps told of one request, the oldest first. */
export function feedbackOf(db: Db, requestId: string): FeedbackRow[] {
  return db.prepare('SELECT * FROM feedback WHERE request_id = ? ORDER BY id').all(requestId) as FeedbackRow[]
}
