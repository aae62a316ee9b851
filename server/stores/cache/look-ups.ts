import type { Agreement, LookUp, LookUpOutcome, Review } from '../../core/cache.ts'
import type { Reviewed } from '../../core/thread-messages.ts'
import type { Db } from '../database.ts'

/** A row of `cache_lookups`. */
export interface LookUpsRow {
  id: number
  request_id: string
  at: number
  scope: string
  tenant: string
  route: string
  partition: string | null
  namespace: string | null
  /** Name of the vector space. */
  space: string
  question: string
  key: string
  cached_question: string
  similarity: number
  threshold: number
  guard: string | null
  outcome: LookUpOutcome
  /** What upstream answered, where that was asked to compare. */
  fresh_answer: string | null
  agreement: Agreement | null
  checked_at: number | null
  review: Review | null
  reviewed_at: number | null
}

const COLUMNS =
  `request_id at scope tenant route partition namespace space question key cached_question similarity threshold guard
  outcome`.split(/\s+/)

/** Look-ups kept that nobody judged, and as many again that were compared or reviewed. The newest stay. */
export const MOST_LOOK_UPS = 20_000

/** Writes look-ups and what is found out about them. What it does belongs into the caller's transaction. */
export class LookUpWriter {
  readonly #insert
  readonly #check
  readonly #find
  readonly #review

  constructor(db: Db) {
    const places = COLUMNS.map(() => '?').join(', ')
    this.#insert = db.prepare(`INSERT INTO cache_lookups (${COLUMNS.join(', ')}) VALUES (${places})`)
    this.#check = db.prepare(
      'UPDATE cache_lookups SET fresh_answer = ?, agreement = ?, checked_at = ? WHERE request_id = ?',
    )
    this.#find = db.prepare('SELECT * FROM cache_lookups WHERE id = ?')
    this.#review = db.prepare('UPDATE cache_lookups SET review = ?, reviewed_at = ? WHERE id = ?')
  }

  add({ scope, ...lookUp }: LookUp): void {
    this.#insert.run(
      lookUp.requestId,
      Math.floor(lookUp.at),
      scope.hash,
      scope.tenant,
      scope.route,
      scope.partition,
      scope.namespace,
      lookUp.space,
      lookUp.question,
      lookUp.key,
      lookUp.cachedQuestion,
      lookUp.similarity,
      lookUp.threshold,
      lookUp.guard,
      lookUp.outcome,
    )
  }

  check(requestId: string, freshAnswer: string, agreement: Agreement, at: number): void {
    this.#check.run(freshAnswer, agreement, Math.floor(at), requestId)
  }

  /** Notes what a person says, in place of what one said before. The row as it was, `null` where there is none. */
  review(id: number, review: Review, at: number): LookUpsRow | null {
    const row = this.#find.get(id) as LookUpsRow | undefined
    if (!row) return null
    this.#review.run(review, Math.floor(at), id)
    return row
  }
}

export function reviewedOf(row: LookUpsRow, review: Review): Reviewed {
  const { tenant, route, space, key, similarity } = row
  return { tenant, route, space, key, similarity, review }
}

/** Finds out which look-ups are too many by now. What it returns removes up to `limit` of them and says how many. */
export function lookUpTrimmer(db: Db): () => (limit: number) => number {
  const judged = '(agreement IS NOT NULL OR review IS NOT NULL)'
  const kinds = [judged, `NOT ${judged}`].map((test) => ({
    last: db
      .prepare(`SELECT id FROM cache_lookups WHERE ${test} ORDER BY id DESC LIMIT 1 OFFSET ${MOST_LOOK_UPS}`)
      .pluck(),
    trim: db.prepare(
      `DELETE FROM cache_lookups WHERE id IN (
        SELECT id FROM cache_lookups WHERE ${test} AND id <= ? ORDER BY id LIMIT ?)`,
    ),
  }))
  return () => {
    const found = kinds.map(({ last, trim }) => ({ last: last.get() ?? 0, trim }))
    return (limit) => found.reduce((sum, { last, trim }) => sum + trim.run(last, limit).changes, 0)
  }
}
