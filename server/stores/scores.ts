import type { ExchangeRecord } from '../core/record.ts'
import type { Db } from './database.ts'

/** What one reply of a target got from one evaluator. */
export interface ScoresRow {
  request_id: string
  attempt: number
  evaluator: string
  /** Milliseconds since the epoch. */
  ts: number
  route: string
  provider: string
  model: string
  source: 'live' | 'replay'
  score: number
  passed: number
  reason: string
}

/** The mean score of one judged reply. */
export type ReplyScore = Pick<ScoresRow, 'ts' | 'route' | 'provider' | 'model' | 'score'>

export function scoresRows(record: ExchangeRecord): ScoresRow[] {
  // A record that an earlier version left in the journal has none.
  return (record.scores ?? []).map((score) => {
    const { provider, model } = record.attempts[score.attempt]!
    return {
      request_id: record.request_id,
      attempt: score.attempt,
      evaluator: score.evaluator,
      ts: Math.floor(record.epoch),
      route: record.route,
      provider,
      model,
      source: 'live',
      score: score.score,
      passed: Number(score.passed),
      reason: score.reason,
    }
  })
}

const COLUMNS = 'request_id attempt evaluator ts route provider model source score passed reason'.split(' ')

/** Writes scores; the same one twice keeps the first. */
export function scoreWriter(db: Db): (row: ScoresRow) => void {
  const places = COLUMNS.map(() => '?').join(', ')
  const insert = db.prepare(`INSERT OR IGNORE INTO scores (${COLUMNS.join(', ')}) VALUES (${places})`)
  return (row) => void insert.run(...(Object.values(row) as (string | number)[]))
}

/** The judged replies of `[from, to)`, milliseconds since the epoch: the latest `limit` of them, oldest first. */
export function latestScores(db: Db, from: number, to: number, limit: number): ReplyScore[] {
  return db
    .prepare(
      `SELECT ts, route, provider, model, avg(score) AS score FROM scores WHERE ts >= ? AND ts < ?
      GROUP BY request_id, attempt ORDER BY ts DESC LIMIT ?`,
    )
    .all(from, to, limit)
    .reverse() as ReplyScore[]
}
