import type { ExchangeRecord } from '../core/record.ts'
import type { VerdictRecord } from '../core/verdict.ts'
import type { Db } from './database.ts'

/** A row of `verdicts`: what one guardrail said of one request or reply. */
export interface VerdictsRow extends Omit<VerdictRecord, 'started_ms' | 'highlight'> {
  id: number
  request_id: string
  /** Of the request, milliseconds since the epoch. */
  ts: number
  route: string
  tenant: string | null
  highlight_start: number | null
  highlight_end: number | null
}

export type NewVerdictsRow = Omit<VerdictsRow, 'id'>

/** Passes that are kept, and as many of everything else. The newest stay. */
export const MOST_VERDICTS = 200_000

export function verdictsRows(record: ExchangeRecord): NewVerdictsRow[] {
  // A record that an earlier version left in the journal has none.
  return (record.verdicts ?? []).map(({ started_ms: _, highlight, ...verdict }) => ({
    ...verdict,
    request_id: record.request_id,
    ts: Math.floor(record.epoch),
    route: record.route,
    tenant: record.tenant,
    highlight_start: highlight?.[0] ?? null,
    highlight_end: highlight?.[1] ?? null,
  }))
}

const COLUMNS =
  `request_id span_id ts route tenant guardrail kind stage verdict action mode score threshold category matches place
  reason duration_ms excerpt highlight_start highlight_end`.split(/\s+/)

/** Writes verdicts; the same one twice keeps the first. */
export function verdictWriter(db: Db): (row: NewVerdictsRow) => void {
  const places = COLUMNS.map(() => '?').join(', ')
  const insert = db.prepare(`INSERT OR IGNORE INTO verdicts (${COLUMNS.join(', ')}) VALUES (${places})`)
  return (row) => void insert.run(...COLUMNS.map((name) => row[name as keyof NewVerdictsRow]))
}

/**
 * Since when all verdicts are kept, passes too, in milliseconds since the epoch: shares of what came before would be
 * wrong. `null` where there are none.
 */
export function keptSince(db: Db, most = MOST_VERDICTS): number | null {
  const last = db.prepare(`SELECT ts FROM verdicts WHERE verdict = 'pass' ORDER BY id DESC LIMIT 1 OFFSET ${most - 1}`)
  const oldest = db.prepare('SELECT ts FROM verdicts ORDER BY request_id LIMIT 1')
  return ((last.pluck().get() ?? oldest.pluck().get()) as number | undefined) ?? null
}

/** Finds out which verdicts are too many by now. What it returns removes up to `limit` of them and says how many. */
export function verdictTrimmer(db: Db, most = MOST_VERDICTS): () => (limit: number) => number {
  const kinds = ["verdict = 'pass'", "verdict != 'pass'"].map((test) => ({
    last: db.prepare(`SELECT id FROM verdicts WHERE ${test} ORDER BY id DESC LIMIT 1 OFFSET ${most}`).pluck(),
    trim: db.prepare(
      `DELETE FROM verdicts WHERE id IN (SELECT id FROM verdicts WHERE ${test} AND id <= ? ORDER BY id LIMIT ?)`,
    ),
  }))
  return () => {
    const found = kinds.map(({ last, trim }) => ({ last: last.get() ?? 0, trim }))
    return (limit) => found.reduce((sum, { last, trim }) => sum + trim.run(last, limit).changes, 0)
  }
}
