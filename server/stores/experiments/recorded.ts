import type { Content } from '../../core/experiment.ts'
import type { AttemptRecord } from '../../core/record.ts'
import type { Db } from '../database.ts'
import type { RequestsRow } from '../requests.ts'
import { readContents } from './contents.ts'

/** What the store still knows of a request that was made for real. */
export interface RecordedRequest {
  request_id: string
  trace_id: string
  /** Of its root. */
  span_id: string | null
  /** How it was answered, if from the cache or as a last resort. */
  cache: string | null
  last_resort: string | null
  stream: boolean
  error: string | null
  attempts: Omit<AttemptRecord, 'usage'>[]
  output_tokens: number | null
  cost_nano: number | null
  content: Content | null
  /** By evaluator, of the attempt that answered. */
  scores: Record<string, number>
}

type Row = Pick<
  RequestsRow,
  'request_id' | 'trace_id' | 'cache' | 'stream' | 'error' | 'output_tokens' | 'cost_nano'
> & { attempt_list: string; span_id: string | null; last_resort: string | null }

/** Those of some requests that are in the store, in no order. `now`: milliseconds since the epoch. */
export function recordedRequests(db: Db, requestIds: readonly string[], now: number): RecordedRequest[] {
  const rows = db
    .prepare(
      `SELECT request_id, trace_id, cache, stream, error, attempt_list, output_tokens, cost_nano,
        extra ->> 'last_resort' AS last_resort,
        (SELECT span_id FROM spans WHERE trace_id = requests.trace_id AND request_id = requests.request_id
          AND kind = 'SERVER' LIMIT 1) AS span_id
      FROM requests WHERE request_id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(requestIds)) as Row[]
  const contents = readContents(db, requestIds, now)
  const scores = db.prepare('SELECT attempt, evaluator, score FROM scores WHERE request_id = ?')
  return rows.map(({ attempt_list, stream, ...row }) => {
    const attempts = JSON.parse(attempt_list) as RecordedRequest['attempts']
    const answering = attempts.findLast(({ outcome }) => outcome === 'ok')?.index
    const told = scores.all(row.request_id) as { attempt: number; evaluator: string; score: number }[]
    return {
      ...row,
      stream: stream === 1,
      attempts,
      content: contents.get(row.request_id) ?? null,
      scores: Object.fromEntries(
        told.filter(({ attempt }) => attempt === answering).map(({ evaluator, score }) => [evaluator, score]),
      ),
    }
  })
}

/** Output tokens of some requests, by id; absent where they are not known. */
export function recordedOutput(db: Db, requestIds: readonly string[]): Record<string, number> {
  const rows = db
    .prepare(
      `SELECT request_id, output_tokens FROM requests
      WHERE output_tokens IS NOT NULL AND request_id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(requestIds)) as { request_id: string; output_tokens: number }[]
  return Object.fromEntries(rows.map(({ request_id, output_tokens }) => [request_id, output_tokens]))
}

/** So many of the latest requests are looked through for those of one target. */
const LOOKED_THROUGH = 20_000
const ENOUGH = 100

/** Mean duration of a target's latest good replies, in milliseconds; `null` where there are none of late. */
export function usualDuration(db: Db, provider: string, model: string): number | null {
  return db
    .prepare(
      `SELECT avg(duration_ms) FROM (
        SELECT duration_ms FROM (SELECT provider, model, error, duration_ms FROM requests ORDER BY request_id DESC LIMIT ?)
        WHERE provider = ? AND model = ? AND error IS NULL LIMIT ?)`,
    )
    .pluck()
    .get(LOOKED_THROUGH, provider, model, ENOUGH) as number | null
}
