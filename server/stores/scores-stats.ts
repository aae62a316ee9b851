import type { Db } from './database.ts'

/** What one evaluator said of one target's replies in one span of time. */
export interface ScoreStats {
  /** Start of the step, milliseconds since the epoch. */
  at: number
  route: string
  provider: string
  model: string
  evaluator: string
  replies: number
  /** 0..1 */
  mean: number
  /** Share that met the evaluator's bar. */
  passed: number
}

/** What evaluators said in `[from, to)`, by route, target, evaluator and equal steps of time, of live replies alone. */
export function scoreStats(
  db: Db,
  { from, to, stepMs, route }: { from: number; to: number; stepMs: number; route?: string },
): ScoreStats[] {
  return db
    .prepare(
      `SELECT CAST((ts - $from) / $step AS INTEGER) * $step + $from AS at, route, provider, model, evaluator,
        count(*) AS replies, avg(score) AS mean, avg(passed) AS passed
      FROM scores WHERE ts >= $from AND ts < $to AND source = 'live' AND ($route IS NULL OR route = $route)
      GROUP BY 1, 2, 3, 4, 5 ORDER BY route, evaluator, provider, model, at`,
    )
    .all({ from: Math.floor(from), to: Math.floor(to), step: Math.floor(stepMs), route: route ?? null }) as ScoreStats[]
}
