import { requestIdFloor } from '../core/ids.ts'
import type { Db } from './database.ts'
import type { RequestsRow } from './requests.ts'

const COLUMNS = [
  'request_id',
  'trace_id',
  'ts',
  'route',
  'tenant',
  'team',
  'key_id',
  'session',
  'user',
  'surface',
  'stream',
  'status',
  'provider',
  'model',
  'attempt_list',
  'fallback',
  'synthetic',
  'input_tokens',
  'output_tokens',
  'cost_nano',
  'duration_ms',
  'ttft_ms',
  'error',
  'extra',
  'facts',
] as const satisfies (keyof RequestsRow)[]

/** A stored request, as far as its routing can be replayed from it. */
export type PastRequest = Pick<RequestsRow, (typeof COLUMNS)[number]>

/** Tokens of one attempt; the prompt's are those from a cache too. */
export interface AttemptTokens {
  input: number
  output: number
}

/** Rows in memory at a time. */
const PAGE = 1000

/** False for a store whose tables are of an earlier version: the gateway brings them up to date when it starts. */
export function keepsFacts(db: Db): boolean {
  return db.prepare("SELECT 1 FROM pragma_table_info('requests') WHERE name = 'facts'").get() !== undefined
}

/**
 * Requests received in `[from, to)`, milliseconds since the epoch, the oldest first. They are read page by page, so
 * that neither memory nor the store's log grows with their number.
 */
export function* pastRequests(db: Db, from: number, to: number): Generator<PastRequest> {
  const page = db.prepare(
    `SELECT ${COLUMNS.join(', ')} FROM requests WHERE request_id > ? AND request_id < ? AND purpose = 'live' ORDER BY request_id LIMIT ?`,
  )
  const end = requestIdFloor(to)
  // The floor is no request's id, so that nothing is missed beyond it.
  let last = requestIdFloor(from)
  for (;;) {
    const rows = page.all(last, end, PAGE) as PastRequest[]
    yield* rows
    if (rows.length < PAGE) return
    last = rows.at(-1)!.request_id
  }
}

/** Reads what one attempt used from its span; `null` where its provider did not say. */
export function attemptTokens(db: Db): (traceId: string, spanId: string) => AttemptTokens | null {
  const find = db.prepare(
    `SELECT json_extract(attributes, '$."gen_ai.usage.input_tokens"') AS input,
      json_extract(attributes, '$."gen_ai.usage.output_tokens"') AS output
    FROM spans WHERE trace_id = ? AND span_id = ?`,
  )
  return (traceId, spanId) => {
    const found = find.get(traceId, spanId) as { input: number | null; output: number | null } | undefined
    return found === undefined || found.input === null || found.output === null
      ? null
      : { input: found.input, output: found.output }
  }
}
