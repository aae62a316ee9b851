import type { Db } from './database.ts'

/** A row of `spans`. `attributes`, `events` and `links` are JSON. */
export interface SpansRow {
  trace_id: string
  span_id: string
  parent_span_id: string | null
  request_id: string
  name: string
  kind: string
  start_ms: number
  end_ms: number
  status: string
  status_message: string | null
  attributes: string
  events: string
  links: string
}

const COLUMNS =
  'trace_id span_id parent_span_id request_id name kind start_ms end_ms status status_message attributes events links'.split(
    ' ',
  )

/** Writes spans; the same span twice keeps the first. */
export function spanWriter(db: Db): (row: SpansRow) => void {
  const places = COLUMNS.map(() => '?').join(', ')
  const insert = db.prepare(`INSERT OR IGNORE INTO spans (${COLUMNS.join(', ')}) VALUES (${places})`)
  return (row) => void insert.run(...(Object.values(row) as (string | number | null)[]))
}

/** The spans of a trace by start time. */
export function spansOfTrace(db: Db, traceId: string): SpansRow[] {
  return db.prepare('SELECT * FROM spans WHERE trace_id = ? ORDER BY start_ms, span_id').all(traceId) as SpansRow[]
}
