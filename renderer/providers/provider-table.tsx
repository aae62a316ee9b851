import { useQuery } from '@tanstack/react-query'
import type { ProviderRow } from '../../server/http/admin/schemas.ts'
import { formatAgo, formatCount, formatDuration, unknown } from '../format.ts'
import { useKeys } from '../keys.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { Mark } from '../parts/outcome.tsx'
import { ProviderWord } from '../parts/provider-status.tsx'
import { modelsQuery } from '../queries.ts'
import { DialectChips, ResidencyBadge } from './badges.tsx'

const NAMES_SHOWN = 1

interface ProviderTableProps {
  rows: readonly ProviderRow[]
  selected: string | null
  open: (id: string) => void
  /** When the rows were read, for what is so long ago. */
  now: number
}

/** Every configured provider, in the order of the file. J and K move, a click or Enter on the name opens. */
export function ProviderTable({ rows, selected, open, now }: ProviderTableProps) {
  const position = rows.findIndex((row) => row.id === selected)
  const move = (to: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))]
    if (row) open(row.id)
  }
  useKeys([
    { keys: ['j'], name: 'Next provider', group: 'Lists', run: () => move(position + 1) },
    { keys: ['k'], name: 'Previous provider', group: 'Lists', run: () => move(position - 1) },
  ])
  return (
    <div className="overflow-x-auto">
      <table className="route-table provider-table border-t-0" aria-label="Providers">
        <thead>
          <tr>
            <th scope="col">Provider</th>
            <th scope="col">Health</th>
            <th scope="col">Residency</th>
            <th scope="col">Dialects</th>
            <th scope="col" className="number" title="As it said when it was asked last">
              Models
            </th>
            <th scope="col" className="number" title="Median of the last five minutes">
              p50
            </th>
            <th scope="col" className="number" title="Median time to first token of the last five minutes">
              TTFT p50
            </th>
            <th scope="col" className="number" title="In the last five minutes">
              Attempts
            </th>
            <th scope="col" className="number" title="In the last five minutes">
              Errors
            </th>
            <th scope="col">Last error</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} selected={row.id === selected} open={open} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({
  row,
  selected,
  open,
  now,
}: { row: ProviderRow; selected: boolean } & Omit<ProviderTableProps, 'rows' | 'selected'>) {
  return (
    <tr data-selected={selected} onClick={() => open(row.id)}>
      <td>
        <span className="flex items-center gap-2">
          <Swatch provider={row.id} />
          <button
            type="button"
            aria-pressed={selected}
            className="font-medium hover:underline"
            onClick={() => open(row.id)}
          >
            {row.id}
          </button>
          {row.label.toLowerCase() !== row.id && <span className="font-normal text-ink-3">{row.label}</span>}
          {row.synthetic && <Mark tone="synthetic">synthetic</Mark>}
        </span>
      </td>
      <td>
        <ProviderWord status={row.status} />
      </td>
      <td>
        <ResidencyBadge residency={row.synthetic ? 'local' : row.residency} />
      </td>
      <td>
        <DialectChips dialects={row.dialects} most={NAMES_SHOWN} />
      </td>
      <ModelsFound row={row} />
      <td className="number">{formatDuration(row.p50_ms)}</td>
      <td className="number">{formatDuration(row.ttft_p50_ms)}</td>
      <td className={`number ${row.attempts === 0 ? 'text-ink-3' : ''}`}>{formatCount(row.attempts)}</td>
      <td className={`number ${row.errors === 0 ? 'text-ink-3' : 'text-error'}`}>{formatCount(row.errors)}</td>
      <LastError row={row} now={now} />
    </tr>
  )
}

/** How many models it said it has; asked for with the button. */
function ModelsFound({ row }: { row: ProviderRow }) {
  const models = useQuery(modelsQuery(row.id))
  if (models.isFetching) return <td className="number text-ink-3">…</td>
  if (models.data?.ok) return <td className="number">{formatCount(models.data.models.length)}</td>
  if (!row.lists_models) return <td className="number text-ink-3">{unknown}</td>
  const failure = models.error?.message ?? models.data?.error
  return (
    <td className="number">
      <button
        type="button"
        className={`underline decoration-dotted underline-offset-2 ${failure ? 'text-error' : 'text-ink-2 hover:text-ink'}`}
        aria-label={`List models of ${row.id}`}
        title={failure ?? 'Ask it for its models'}
        onClick={(event) => {
          event.stopPropagation()
          void models.refetch()
        }}
      >
        {failure ? 'failed' : 'list'}
      </button>
    </td>
  )
}

function LastError({ row, now }: { row: ProviderRow; now: number }) {
  const { last_error } = row
  if (row.status === 'unconfigured')
    return (
      <td className="cell-message text-ink-2" title={row.detail ?? undefined}>
        {row.detail}
      </td>
    )
  if (last_error === null) return <td className="cell-message text-ink-3">{unknown}</td>
  return (
    <td className="cell-message" title={last_error.message}>
      <span className="text-ink-3">{formatAgo(last_error.ts, now)}</span> {last_error.message}
    </td>
  )
}
