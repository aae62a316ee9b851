import type { CacheHash } from '../../core/cache.ts'
import type { Db } from '../database.ts'
import { ENTRY_COLUMNS, type EntriesRow } from './entries.ts'
import { NANO_PER_MS } from './eviction.ts'

/** An entry as it is listed: without its reply. */
export type ListedEntry = Omit<EntriesRow, 'reply' | 'priority'>

/** All that is given must hold. */
export interface EntryFilter {
  tenant?: string
  route?: string
  /** Part of the question, in any case. */
  text?: string
  /** Whether it can be found by likeness, or by its key alone. */
  kind?: 'exact' | 'semantic'
}

/** What is sorted by, each from the most down. What is saved is money, or time where a reply costs none. */
export const ENTRY_ORDERS = {
  newest: 'created_at',
  hits: 'hits',
  saved: `CAST(hits * iif(coalesce(cost_nano, 0) > 0, cost_nano, duration_ms * ${NANO_PER_MS}) AS INTEGER)`,
  size: 'bytes + vector_bytes',
} as const
export type EntryOrder = keyof typeof ENTRY_ORDERS

export interface EntryPage {
  entries: ListedEntry[]
  /** For the page after it; `null` where it was the last. */
  next: string | null
}

const LISTED = [
  'id',
  ...ENTRY_COLUMNS.filter((name) => name !== 'reply'),
  'bytes',
  'vector_bytes',
  'hits',
  'last_hit_at',
]

/** A page of entries, from behind `cursor`, the `next` of the page before. */
export function listEntries(
  db: Db,
  filter: EntryFilter,
  order: EntryOrder,
  cursor: string | null,
  limit: number,
): EntryPage {
  const { tests, values } = testsOf(filter)
  const by = ENTRY_ORDERS[order]
  if (cursor !== null) {
    const [value, id] = cursor.split(':').map(Number)
    tests.push(`(${by}, id) < (?, ?)`)
    values.push(value!, id!)
  }
  const where = tests.length === 0 ? '' : `WHERE ${tests.join(' AND ')}`
  const rows = db
    .prepare(
      `SELECT ${by} AS sorted_by, ${LISTED.join(', ')} FROM cache_entries ${where} ORDER BY 1 DESC, id DESC LIMIT ?`,
    )
    .all(...values, limit) as (ListedEntry & { sorted_by: number })[]
  const last = rows.length === limit ? rows.at(-1)! : null
  return {
    entries: rows.map(({ sorted_by, ...entry }) => entry),
    next: last && `${last.sorted_by}:${last.id}`,
  }
}

function testsOf({ tenant, route, text, kind }: EntryFilter): { tests: string[]; values: (string | number)[] } {
  const tests: string[] = []
  const values: (string | number)[] = []
  const add = (test: string, value: string) => {
    tests.push(test)
    values.push(value)
  }
  if (tenant !== undefined) add('tenant = ?', tenant)
  if (route !== undefined) add('route = ?', route)
  if (text !== undefined) add('instr(lower(question), lower(?)) > 0', text)
  if (kind !== undefined) tests.push(kind === 'semantic' ? 'question IS NOT NULL' : 'question IS NULL')
  return { tests, values }
}

/** One entry with its reply and how it has fared. */
export function findEntry(db: Db, key: CacheHash): EntriesRow | null {
  return (db.prepare('SELECT * FROM cache_entries WHERE key = ?').get(key) as EntriesRow | undefined) ?? null
}
