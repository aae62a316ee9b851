import type { CacheEntryRow } from '../../server/http/admin/schemas.ts'
import { formatAgo, formatBytes, formatCost, formatCount, formatDuration, formatMoment } from '../format.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { Mark } from '../parts/outcome.tsx'

interface EntryTableProps {
  rows: readonly CacheEntryRow[]
  selected: string | null
  open: (key: string) => void
  now: number
}

/** Kept replies, one a row. */
export function EntryTable({ rows, selected, open, now }: EntryTableProps) {
  return (
    <div className="overflow-x-auto">
      <table className="route-table provider-table entry-table">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Route</th>
            <th scope="col">Tenant</th>
            <th scope="col">Made by</th>
            <th scope="col" className="number">
              Age
            </th>
            <th scope="col" className="number">
              Hits
            </th>
            <th scope="col" className="number">
              Saved
            </th>
            <th scope="col" className="number">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-selected={row.key === selected} onClick={() => open(row.key)}>
              <td className="cell-message">
                <button type="button" className="max-w-full truncate align-middle" onClick={() => open(row.key)}>
                  {row.question ?? <span className="font-mono text-xs text-ink-2">{row.key.slice(0, 16)}…</span>}
                </button>
              </td>
              <td>{row.route}</td>
              <td className="text-ink-2" title={row.namespace === null ? undefined : `namespace ${row.namespace}`}>
                {row.tenant}
                {row.partition !== null && <span className="text-ink-3"> / {row.partition}</span>}
              </td>
              <td className="text-ink-2">
                <span className="flex items-center gap-1.5">
                  <Swatch provider={row.provider} /> {row.model}
                </span>
              </td>
              <td className="number" title={formatMoment(row.created_at)}>
                {Date.parse(row.fresh_until) < now && <Mark tone="fallback">old</Mark>} {formatAgo(row.created_at, now)}
              </td>
              <td className="number">{formatCount(row.hits)}</td>
              <td className="number">
                {row.hits === 0 ? (
                  <span className="text-ink-3">—</span>
                ) : row.saved_usd ? (
                  formatCost(row.saved_usd)
                ) : (
                  formatDuration(row.saved_ms)
                )}
              </td>
              <td className="number">{formatBytes(row.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
