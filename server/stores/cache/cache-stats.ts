import type { VectorSpace } from '../../core/cache.ts'
import { BINS_PER_DOUBLING } from '../../core/histogram.ts'
import { requestIdFloor } from '../../core/ids.ts'
import type { Db } from '../database.ts'
import { type Histogram, quantile } from '../stats.ts'

/** How the cache did for one route of one tenant. Durations are milliseconds, money nano-dollars. */
export interface CacheUse {
  route: string
  /** `null` where nobody in particular asked. */
  tenant: string | null
  requests: number
  exact: number
  semantic: number
  stale: number
  misses: number
  bypassed: number
  saved_nano: number
  saved_ms: number
  /** How long searches by likeness took; `null` where there were none. */
  lookup_p50_ms: number | null
  lookup_p99_ms: number | null
}

/** Of the requests in `[from, to)`, milliseconds since the epoch, that had a route and may have met the cache. */
export function cacheUse(db: Db, from: number, to: number): CacheUse[] {
  const range = [requestIdFloor(from), requestIdFloor(to)]
  const histograms = lookUpHistograms(db, range)
  const rows = db
    .prepare(
      `SELECT route, tenant, count(*) AS requests,
        sum(cache = 'hit-exact') AS exact, sum(cache = 'hit-semantic') AS semantic, sum(cache = 'stale') AS stale,
        sum(cache = 'miss') AS misses, sum(cache = 'bypass') AS bypassed,
        coalesce(sum(saved_nano), 0) AS saved_nano, coalesce(sum(saved_ms), 0) AS saved_ms
      FROM requests WHERE request_id >= ? AND request_id < ? AND purpose = 'live' AND cache IS NOT NULL
      GROUP BY route, tenant ORDER BY route, tenant`,
    )
    .all(...range) as Omit<CacheUse, 'lookup_p50_ms' | 'lookup_p99_ms'>[]
  return rows.map((row) => {
    const histogram = histograms.get(groupName(row.route, row.tenant))
    return { ...row, lookup_p50_ms: quantile(histogram, 0.5), lookup_p99_ms: quantile(histogram, 0.99) }
  })
}

function lookUpHistograms(db: Db, range: string[]): Map<string, Histogram> {
  const rows = db
    .prepare(
      `SELECT route, tenant,
        CAST(floor(log2(max(lookup_ms, 0.001)) * ${BINS_PER_DOUBLING}) AS INTEGER) AS bin, count(*) AS count
      FROM requests WHERE request_id >= ? AND request_id < ? AND lookup_ms IS NOT NULL
      GROUP BY 1, 2, 3 ORDER BY 3`,
    )
    .all(...range) as { route: string; tenant: string | null; bin: number; count: number }[]
  const histograms = new Map<string, Histogram>()
  for (const { route, tenant, bin, count } of rows) {
    const histogram = histograms.get(groupName(route, tenant)) ?? []
    histogram.push({ bin, count })
    histograms.set(groupName(route, tenant), histogram)
  }
  return histograms
}

function groupName(route: string, tenant: string | null): string {
  return JSON.stringify([route, tenant])
}

export interface CacheSize {
  entries: number
  /** With vectors. */
  bytes: number
  owners: { tenant: string; route: string; entries: number; bytes: number }[]
  spaces: SpaceSize[]
}

export interface SpaceSize {
  space: string
  dimensions: number
  vectors: number
  /** Fresh entries that can be compared and have no vector of the space yet. */
  lacking: number
}

/** How much there is at this moment; `now` says what is fresh. */
export function cacheSize(db: Db, now: number): CacheSize {
  const totals = db.prepare('SELECT entries, bytes FROM cache_totals').get() as Pick<CacheSize, 'entries' | 'bytes'>
  const owners = db
    .prepare(
      `SELECT tenant, route, count(*) AS entries, sum(bytes + vector_bytes) AS bytes FROM cache_entries
      GROUP BY tenant, route ORDER BY tenant, route`,
    )
    .all() as CacheSize['owners']
  const spaces = db
    .prepare('SELECT id, name, dimensions FROM cache_spaces WHERE name IS NOT NULL ORDER BY id')
    .all() as { id: number; name: string; dimensions: number }[]
  const vectors = db.prepare('SELECT count(*) FROM cache_vectors WHERE space = ?').pluck()
  return {
    ...totals,
    owners,
    spaces: spaces.map(({ id, name, dimensions }) => ({
      space: name,
      dimensions,
      vectors: vectors.get(id) as number,
      lacking: countLacking(db, name, now),
    })),
  }
}

/** Every vector space that there is something of. */
export function spaceNames(db: Db): VectorSpace[] {
  return db.prepare('SELECT name AS id, dimensions FROM cache_spaces WHERE name IS NOT NULL').all() as VectorSpace[]
}

/** An entry that a space has no vector for. */
export interface LackingEntry {
  id: number
  key: string
  question: string
}

const LACKS = `question IS NOT NULL AND context IS NOT NULL AND fresh_until > ? AND NOT EXISTS (
  SELECT 1 FROM cache_vectors WHERE entry = cache_entries.id
    AND space = (SELECT id FROM cache_spaces WHERE name = ?))`

/** How many fresh entries a space has no vector for. One that is not there yet has none at all. */
export function countLacking(db: Db, space: string, now: number): number {
  return db.prepare(`SELECT count(*) FROM cache_entries WHERE ${LACKS}`).pluck().get(now, space) as number
}

/** The next of them, the newest first, from below `before` (an id) where one is given. */
export function lackingEntries(
  db: Db,
  space: string,
  now: number,
  before: number | null,
  limit: number,
): LackingEntry[] {
  return db
    .prepare(`SELECT id, key, question FROM cache_entries WHERE id < ? AND ${LACKS} ORDER BY id DESC LIMIT ?`)
    .all(before ?? Number.MAX_SAFE_INTEGER, now, space, limit) as LackingEntry[]
}
