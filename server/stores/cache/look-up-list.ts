import type { Agreement, LookUpOutcome, Review } from '../../core/cache.ts'
import type { Db } from '../database.ts'
import type { LookUpsRow } from './look-ups.ts'

/** A look-up with the reply that it found, as JSON of a `StoredReply`; `null` where the entry is gone. */
export interface ListedLookUp extends LookUpsRow {
  cached_reply: string | null
}

/** All that is given must hold. */
export interface LookUpFilter {
  tenant?: string
  route?: string
  space?: string
  outcome?: LookUpOutcome
  /** A hit, or what would have been one. */
  servable?: boolean
  agreement?: Agreement
  /** Whether a person has said something of it. */
  reviewed?: boolean
}

/** The newest first, from below `cursor` (an id) where one is given. */
export function listLookUps(db: Db, filter: LookUpFilter, cursor: number | null, limit: number): ListedLookUp[] {
  const { tests, values } = testsOf(filter)
  if (cursor !== null) {
    tests.push('lookups.id < ?')
    values.push(cursor)
  }
  const where = tests.length === 0 ? '' : `WHERE ${tests.join(' AND ')}`
  return db
    .prepare(
      `SELECT lookups.*, entries.reply AS cached_reply FROM cache_lookups AS lookups
      LEFT JOIN cache_entries AS entries ON entries.key = lookups.key
      ${where} ORDER BY lookups.id DESC LIMIT ?`,
    )
    .all(...values, limit) as ListedLookUp[]
}

/** What is known of a hit, or of what would have been one. */
export interface JudgedLookUp {
  at: number
  similarity: number
  wrong: boolean
}

const IS_WRONG = "iif(review IS NULL, agreement = 'different', review = 'wrong')"

/**
 * The newest look-ups of a tenant's route in a space of which it is known whether the answers were the same. What a
 * person says counts more than the comparison; `unsure` says nothing. What a guard kept apart is no evidence: no
 * threshold would have it served.
 */
export function judgedLookUps(db: Db, tenant: string, route: string, space: string, limit: number): JudgedLookUp[] {
  const rows = db
    .prepare(
      `SELECT at, similarity, ${IS_WRONG} AS wrong FROM cache_lookups
      WHERE route = ? AND tenant = ? AND space = ? AND (agreement IS NOT NULL OR review IS NOT NULL)
        AND (review IS NOT NULL OR agreement != 'unsure') AND guard IS NULL
      ORDER BY id DESC LIMIT ?`,
    )
    .all(route, tenant, space, limit) as (Omit<JudgedLookUp, 'wrong'> & { wrong: number })[]
  return rows.map(({ wrong, ...row }) => ({ ...row, wrong: wrong === 1 }))
}

/** What a threshold is tuned with: how look-ups would have gone under another one. */
export interface RecordedLookUp {
  id: number
  at: number
  request_id: string
  question: string
  cached_question: string
  similarity: number
  threshold: number
  outcome: LookUpOutcome
  guard: string | null
  agreement: Agreement | null
  review: Review | null
}

/** The newest look-ups, the newest first. */
export function recordedLookUps(db: Db, filter: LookUpFilter, limit: number): RecordedLookUp[] {
  const { tests, values } = testsOf(filter)
  const where = tests.length === 0 ? '' : `WHERE ${tests.join(' AND ')}`
  return db
    .prepare(
      `SELECT id, at, request_id, question, cached_question, similarity, threshold, outcome, guard, agreement, review
      FROM cache_lookups AS lookups
      ${where} ORDER BY id DESC LIMIT ?`,
    )
    .all(...values, limit) as RecordedLookUp[]
}

function testsOf(filter: LookUpFilter): { tests: string[]; values: (string | number)[] } {
  const tests: string[] = []
  const values: (string | number)[] = []
  for (const name of ['tenant', 'route', 'space', 'outcome', 'agreement'] as const) {
    if (filter[name] === undefined) continue
    tests.push(`lookups.${name} = ?`)
    values.push(filter[name])
  }
  if (filter.servable === true) tests.push("lookups.outcome IN ('hit', 'check')")
  if (filter.reviewed !== undefined) tests.push(`lookups.review IS ${filter.reviewed ? 'NOT ' : ''}NULL`)
  return { tests, values }
}
