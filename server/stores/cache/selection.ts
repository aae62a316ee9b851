import type { CacheSelection } from '../../core/cache.ts'

/** Columns that say whose a row is, in `cache_entries` as in `cache_lookups`. */
const COLUMNS = ['key', 'tenant', 'route'] as const

/** A test of a row for SQL, true for all of them where nothing is selected. */
export function ownerTest(selection: CacheSelection): { test: string; values: string[] } {
  const given = COLUMNS.filter((name) => selection[name] !== undefined)
  return {
    test: given.length === 0 ? 'true' : given.map((name) => `${name} = ?`).join(' AND '),
    values: given.map((name) => selection[name]!),
  }
}
