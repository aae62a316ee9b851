import type { ScoreRecord } from '../core/evaluation.ts'
import type { Purpose } from '../core/experiment.ts'
import type { LateScores } from '../core/experiment-commands.ts'
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
  source: Purpose
  score: number
  passed: number
  reason: string
  /** The reply had to pass it. */
  gates: number
  /** JSON. */
  spans: string | null
}

/** The mean score of one judged reply. */
export type ReplyScore = Pick<ScoresRow, 'ts' | 'route' | 'provider' | 'model' | 'score'>

/** What scores are recorded with. */
export type ScoredRecord = LateScores

export function scoresRows(record: ScoredRecord): ScoresRow[] {
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
      source: record.purpose ?? 'live',
      score: score.score,
      passed: Number(score.passed),
      reason: score.reason,
      gates: Number(score.gates ?? true),
      spans: score.spans ? JSON.stringify(score.spans) : null,
    }
  })
}

const COLUMNS = 'request_id attempt evaluator ts route provider model source score passed reason gates spans'.split(' ')

/** Writes scores; the same one twice keeps the first. */
export function scoreWriter(db: Db): (row: ScoresRow) => void {
  const places = COLUMNS.map(() => '?').join(', ')
  const insert = db.prepare(`INSERT OR IGNORE INTO scores (${COLUMNS.join(', ')}) VALUES (${places})`)
  return (row) => void insert.run(...(Object.values(row) as (string | number | null)[]))
}

/** Everything that evaluators said of a request's replies. */
export function scoresOfRequest(db: Db, requestId: string): ScoreRecord[] {
  const rows = db
    .prepare('SELECT * FROM scores WHERE request_id = ? ORDER BY attempt, evaluator')
    .all(requestId) as ScoresRow[]
  return rows.map(({ evaluator, attempt, score, passed, reason, gates, spans }) => ({
    ...{ evaluator, attempt, score, reason },
    passed: passed === 1,
    gates: gates === 1,
    ...(spans === null ? {} : { spans: JSON.parse(spans) as [number, number][] }),
  }))
}

/**
 * The judged replies of `[from, to)`, milliseconds since the epoch: the latest `limit` of them, oldest first. Where a
 * reply had to pass evaluators, what others said does not count. Runs are left out: their evaluators may be others than
 * those of the route.
 */
export function latestScores(db: Db, from: number, to: number, limit: number): ReplyScore[] {
  return db
    .prepare(
      `SELECT ts, route, provider, model, coalesce(avg(score) FILTER (WHERE gates = 1), avg(score)) AS score
      FROM scores WHERE ts >= ? AND ts < ? AND source != 'replay' GROUP BY request_id, attempt ORDER BY ts DESC LIMIT ?`,
    )
    .all(from, to, limit)
    .reverse() as ReplyScore[]
}
