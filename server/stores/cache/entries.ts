import type { CacheEntry, CacheHash } from '../../core/cache.ts'
import type { Db } from '../database.ts'

/** A row of `cache_entries`: an entry with its scope laid flat, and how it has fared. */
export interface EntriesRow {
  id: number
  key: CacheHash
  scope: CacheHash
  tenant: string
  route: string
  partition: string | null
  namespace: string | null
  context: CacheHash | null
  question: string | null
  request_id: string
  provider: string
  model: string
  output_tokens: number
  cost_nano: number | null
  duration_ms: number
  created_at: number
  fresh_until: number
  revalidate_until: number
  kept_until: number
  /** Size of question and reply in UTF-8, with what every row costs. */
  bytes: number
  /** Size of its vectors. */
  vector_bytes: number
  hits: number
  last_hit_at: number | null
  /** See `eviction.ts`. */
  priority: number
  reply: string
}

/** A key, indexes and numbers take about so much in the file, whatever the entry says. */
const ROW_BYTES = 700

/** What an entry without vectors takes of the cache's limit. */
export function entryBytes({ question, reply }: Pick<CacheEntry, 'question' | 'reply'>): number {
  return ROW_BYTES + Buffer.byteLength(reply) + (question === null ? 0 : Buffer.byteLength(question))
}

/** What a row says besides how it fares, in the order of `ENTRY_COLUMNS`. */
export function entryValues(entry: CacheEntry): (string | number | null)[] {
  const { scope } = entry
  return [
    entry.key,
    scope.hash,
    scope.tenant,
    scope.route,
    scope.partition,
    scope.namespace,
    entry.context,
    entry.question,
    entry.requestId,
    entry.provider,
    entry.model,
    wholeNumber(entry.outputTokens),
    entry.costNano === null ? null : wholeNumber(entry.costNano),
    entry.durationMs,
    wholeNumber(entry.createdAt),
    wholeNumber(entry.freshUntil),
    wholeNumber(entry.revalidateUntil),
    wholeNumber(entry.keptUntil),
    entry.reply,
  ]
}

export const ENTRY_COLUMNS =
  `key scope tenant route partition namespace context question request_id provider model output_tokens cost_nano
  duration_ms created_at fresh_until revalidate_until kept_until reply`.split(/\s+/)

export function entryOf(row: EntriesRow): CacheEntry {
  const { tenant, route, partition, namespace } = row
  return {
    key: row.key,
    scope: { hash: row.scope, tenant, route, partition, namespace },
    context: row.context,
    question: row.question,
    requestId: row.request_id,
    provider: row.provider,
    model: row.model,
    reply: row.reply,
    outputTokens: row.output_tokens,
    costNano: row.cost_nano,
    durationMs: row.duration_ms,
    createdAt: row.created_at,
    freshUntil: row.fresh_until,
    revalidateUntil: row.revalidate_until,
    keptUntil: row.kept_until,
  }
}

/** Looks an entry up by its key in some ten microseconds, expired or not. */
export function cacheFinder(db: Db): (key: CacheHash) => CacheEntry | null {
  const find = db.prepare(`SELECT ${ENTRY_COLUMNS.join(', ')} FROM cache_entries WHERE key = ?`)
  return (key) => {
    const row = find.get(key) as EntriesRow | undefined
    return row ? entryOf(row) : null
  }
}

/** Times are whole milliseconds in the store; one that never comes is the last there is. */
export function wholeNumber(value: number): number {
  return Math.min(Math.floor(value), Number.MAX_SAFE_INTEGER)
}
