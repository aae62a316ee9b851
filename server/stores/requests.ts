import type { CacheOutcome } from '../core/cache.ts'
import type { Purpose } from '../core/experiment.ts'
import { requestIdFloor } from '../core/ids.ts'
import type { ExchangeRecord } from '../core/record.ts'
import { promptTokens } from '../core/usage.ts'
import { type VerdictRecord, worstVerdict } from '../core/verdict.ts'
import type { Db } from './database.ts'
import { scoresOfRequest } from './scores.ts'

/** A row of `requests`, as SQLite gives it back: flags are 0 or 1. */
export interface RequestsRow {
  request_id: string
  trace_id: string
  ts: number
  route: string
  tenant: string | null
  team: string | null
  key_id: string | null
  session: string | null
  user: string | null
  surface: string
  stream: number
  status: number
  provider: string | null
  model: string | null
  attempts: number
  /** JSON: the attempts of the record. */
  attempt_list: string
  fallback: number
  synthetic: number
  cache: string | null
  /** The verdict that weighs most, of those that took effect. */
  guardrail: string | null
  finish_reason: string | null
  input_tokens: number | null
  output_tokens: number | null
  cache_read_tokens: number | null
  reasoning_tokens: number | null
  cost_nano: number | null
  duration_ms: number
  ttft_ms: number | null
  overhead_ms: number | null
  revision: string
  error: string | null
  error_message: string | null
  /** JSON: skipped targets, scores, last resort, replay, cache (`RequestExtra`). */
  extra: string
  /** JSON: what predicates may ask, for `gatehouse simulate`. */
  facts: string | null
  /** Cosine between the question and the nearest cached one, where one was looked for. */
  similarity: number | null
  saved_nano: number | null
  saved_ms: number | null
  /** How long the cache was searched by likeness. */
  lookup_ms: number | null
  purpose: Purpose
  /** Id of the experiment or run that it belongs to. */
  experiment: string | null
  /** Id of the request that it is a copy of. */
  copy_of: string | null
}

/** What few requests have and nobody filters by. */
export interface RequestExtra
  extends Pick<ExchangeRecord, 'skipped' | 'scores' | 'last_resort' | 'replay_of' | 'cache'> {
  /** All but passes. */
  verdicts: VerdictSummary[]
}

/** A verdict without what it quotes: that stands in the table of verdicts alone. */
export type VerdictSummary = Pick<
  VerdictRecord,
  'guardrail' | 'kind' | 'stage' | 'verdict' | 'action' | 'mode' | 'score' | 'threshold' | 'category'
>

/** The row of a record. Tokens are those of all attempts together. */
export function requestsRow(record: ExchangeRecord): RequestsRow {
  // A record that an earlier version left in the journal has none.
  const cache = record.cache ?? null
  const main = record.attempts[record.answered_by ?? record.attempts.length - 1]
  const usages = record.attempts.flatMap((attempt) => (attempt.usage ? [attempt.usage] : []))
  const sum = (pick: (usage: (typeof usages)[number]) => number) =>
    usages.length === 0 ? null : usages.reduce((total, usage) => total + pick(usage), 0)
  return {
    request_id: record.request_id,
    trace_id: record.trace_id,
    ts: Math.floor(record.epoch),
    route: record.route,
    tenant: record.tenant,
    team: record.team,
    key_id: record.key,
    session: record.session,
    user: record.user,
    surface: record.surface,
    stream: Number(record.stream),
    status: record.status,
    provider: main?.provider ?? cache?.provider ?? null,
    model: main?.model ?? cache?.model ?? null,
    attempts: record.attempts.length,
    attempt_list: JSON.stringify(record.attempts, (name, value) => (name === 'usage' ? undefined : value)),
    fallback: Number(record.last_resort !== null || record.attempts.some(({ reason }) => reason === 'fallback')),
    synthetic: Number(main?.synthetic ?? false),
    cache: cache?.outcome ?? withoutCache(record),
    guardrail: worstVerdict(record.verdicts ?? []),
    finish_reason: main?.finish_reason ?? null,
    input_tokens: sum(promptTokens),
    output_tokens: sum((usage) => usage.output),
    cache_read_tokens: sum((usage) => usage.cacheRead),
    reasoning_tokens: sum((usage) => usage.reasoning),
    cost_nano: record.cost_nano,
    duration_ms: record.duration_ms,
    ttft_ms: record.ttft_ms,
    overhead_ms: record.overhead_ms,
    revision: record.revision,
    error: record.error,
    error_message: record.error_message,
    extra: JSON.stringify(extraOf(record)),
    facts: record.facts ? JSON.stringify(record.facts) : null,
    similarity: cache?.similarity ?? null,
    saved_nano: cache?.saved_nano ?? null,
    saved_ms: cache?.saved_ms ?? null,
    lookup_ms: cache?.lookups.find(({ kind }) => kind === 'semantic')?.duration_ms ?? null,
    purpose: record.purpose ?? 'live',
    experiment: record.experiment ?? null,
    copy_of: record.link?.requestId ?? null,
  }
}

/** What came of a request that never asked the cache. */
function withoutCache({ last_resort, attempts }: ExchangeRecord): CacheOutcome | null {
  if (last_resort === 'stale') return 'stale'
  return attempts.length === 0 ? null : 'bypass'
}

function extraOf({
  skipped,
  scores,
  last_resort,
  replay_of,
  cache = null,
  verdicts = [],
}: ExchangeRecord): RequestExtra {
  return {
    skipped,
    scores,
    last_resort,
    replay_of,
    cache,
    verdicts: verdicts.filter(({ verdict }) => verdict !== 'pass').map(summaryOf),
  }
}

function summaryOf(verdict: VerdictRecord): VerdictSummary {
  const { guardrail, kind, stage, verdict: word, action, mode, score, threshold, category } = verdict
  return { guardrail, kind, stage, verdict: word, action, mode, score, threshold, category }
}

const COLUMNS =
  `request_id trace_id ts route tenant team key_id session user surface stream status provider model attempts
  attempt_list fallback synthetic cache guardrail finish_reason input_tokens output_tokens cache_read_tokens
  reasoning_tokens cost_nano duration_ms ttft_ms overhead_ms revision error error_message extra facts similarity
  saved_nano saved_ms lookup_ms purpose experiment copy_of`.split(/\s+/)

/** Writes rows; the same request twice keeps the first. */
export function requestWriter(db: Db): (row: RequestsRow) => void {
  const places = COLUMNS.map(() => '?').join(', ')
  const insert = db.prepare(`INSERT OR IGNORE INTO requests (${COLUMNS.join(', ')}) VALUES (${places})`)
  return (row) => void insert.run(...(Object.values(row) as (string | number | null)[]))
}

/** Filters of a listing; all must hold. Times are milliseconds since the epoch. */
export interface RequestFilter {
  route?: string
  tenant?: string
  provider?: string
  model?: string
  session?: string
  /** A number, a class such as `4xx`, or `ok`, `error`, `fallback`. */
  status?: string
  from?: number
  to?: number
  /** `live` where none is given. */
  purpose?: Purpose | 'all'
}

const STATUS_TESTS: Readonly<Record<string, string>> = {
  ok: 'status < 400 AND error IS NULL',
  error: '(status >= 400 OR error IS NOT NULL)',
  fallback: 'fallback = 1',
}

/** Newest first, from below `cursor` (a request id) where one is given. */
export function listRequests(db: Db, filter: RequestFilter, cursor: string | null, limit: number): RequestsRow[] {
  const { sql, values } = whereOf(filter)
  if (cursor !== null) {
    sql.push('request_id < ?')
    values.push(cursor)
  }
  const where = sql.length === 0 ? '' : `WHERE ${sql.join(' AND ')}`
  return db
    .prepare(`SELECT * FROM requests ${where} ORDER BY request_id DESC LIMIT ?`)
    .all(...values, limit) as RequestsRow[]
}

function whereOf(filter: RequestFilter): { sql: string[]; values: (string | number)[] } {
  const sql: string[] = []
  const values: (string | number)[] = []
  const add = (test: string, value: string | number) => {
    sql.push(test)
    values.push(value)
  }
  for (const name of ['route', 'tenant', 'provider', 'model', 'session'] as const)
    if (filter[name] !== undefined) add(`${name} = ?`, filter[name])
  if (filter.from !== undefined) add('request_id >= ?', requestIdFloor(filter.from))
  if (filter.to !== undefined) add('request_id < ?', requestIdFloor(filter.to))
  if (filter.purpose !== 'all') add('purpose = ?', filter.purpose ?? 'live')
  const { status } = filter
  if (status !== undefined && STATUS_TESTS[status]) sql.push(STATUS_TESTS[status])
  else if (status !== undefined && /^[1-5]xx$/.test(status)) {
    add('status >= ?', Number(status[0]) * 100)
    add('status < ?', Number(status[0]) * 100 + 100)
  } else if (status !== undefined) add('status = ?', Number(status))
  return { sql, values }
}

export function findRequest(db: Db, requestId: string): RequestsRow | null {
  return (db.prepare('SELECT * FROM requests WHERE request_id = ?').get(requestId) as RequestsRow | undefined) ?? null
}

/** A request with all its scores, those that came late as well. */
export function findScoredRequest(db: Db, requestId: string): RequestsRow | null {
  const row = findRequest(db, requestId)
  if (row === null) return null
  const extra = JSON.parse(row.extra) as RequestExtra
  const known = new Set((extra.scores ?? []).map(({ attempt, evaluator }) => `${attempt} ${evaluator}`))
  const late = scoresOfRequest(db, requestId).filter(({ attempt, evaluator }) => !known.has(`${attempt} ${evaluator}`))
  if (late.length === 0) return row
  return { ...row, extra: JSON.stringify({ ...extra, scores: [...(extra.scores ?? []), ...late] }) }
}

/** Of a trace, oldest first: the trace's spans know their requests. */
export function requestsOfTrace(db: Db, traceId: string): RequestsRow[] {
  return db
    .prepare(
      'SELECT * FROM requests WHERE request_id IN (SELECT DISTINCT request_id FROM spans WHERE trace_id = ?) ORDER BY request_id',
    )
    .all(traceId) as RequestsRow[]
}

/** What the gateway's own requests have cost since a moment, in nano-dollars, by what they were for (`SpendBook`). */
export function spentSince(db: Db, from: number): { key: string; nano: number }[] {
  return db
    .prepare(
      `SELECT CASE purpose WHEN 'check' THEN experiment ELSE 'mirror:' || route END AS key, total(cost_nano) AS nano
      FROM requests WHERE request_id >= ? AND purpose IN ('check', 'mirror') AND experiment IS NOT NULL GROUP BY 1`,
    )
    .all(requestIdFloor(from)) as { key: string; nano: number }[]
}
