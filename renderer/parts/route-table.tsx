import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Stats } from '../../server/http/admin/schemas.ts'
import { formatCount, formatDuration, formatShare, formatShort, formatSum } from '../format.ts'
import { SectionHead } from './section-head.tsx'

type RouteRow = Stats['routes'][number]

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic, text: sortFn_text },
})
const helper = createColumnHelper<typeof features, RouteRow>()
const toned = (value: number, tone: string) => (
  <span className={value > 0 ? tone : 'text-ink-3'}>{formatCount(value)}</span>
)

const columns = helper.columns([
  helper.accessor('route', { header: 'Route', sortFn: 'text' }),
  helper.accessor('requests', { header: 'Requests', cell: (cell) => formatCount(cell.getValue()) }),
  helper.accessor('errors', { header: 'Errors', cell: (cell) => toned(cell.getValue(), 'text-error') }),
  helper.accessor('refused', { header: 'Refused', cell: (cell) => toned(cell.getValue(), 'text-refused') }),
  helper.accessor((row) => (row.requests === 0 ? 0 : row.fallbacks / row.requests), {
    id: 'fallbacks',
    header: 'Fallback',
    cell: (cell) => {
      const { fallbacks, requests } = cell.row.original
      return <span className={fallbacks > 0 ? 'text-fallback' : 'text-ink-3'}>{formatShare(fallbacks, requests)}</span>
    },
  }),
  helper.accessor((row) => row.p50_ms ?? undefined, {
    id: 'p50',
    header: 'p50',
    sortUndefined: 'last',
    cell: (cell) => formatDuration(cell.getValue() ?? null),
  }),
  helper.accessor((row) => row.p95_ms ?? undefined, {
    id: 'p95',
    header: 'p95',
    sortUndefined: 'last',
    cell: (cell) => formatDuration(cell.getValue() ?? null),
  }),
  helper.accessor((row) => row.input_tokens + row.output_tokens, {
    id: 'tokens',
    header: 'Tokens',
    cell: (cell) => formatShort(cell.getValue()),
  }),
  helper.accessor('cost_usd', { header: 'Cost', cell: (cell) => routeCost(cell.row.original) }),
])

/** A sum that leaves out requests of unknown cost says so; one that leaves out all of them is unknown itself. */
function routeCost(row: RouteRow): string {
  const atLeast = row.cost_usd > 0 && row.cost_unknown > 0
  return `${atLeast ? '≥ ' : ''}${formatSum(row.cost_usd)}`
}

const none: RouteRow[] = []

/** The window's figures for each route, null while they are not known; a click on a head sorts by it. */
export function RouteTable({ rows }: { rows: RouteRow[] | null }) {
  const table = useTable({
    features,
    columns,
    data: rows ?? none,
    enableSortingRemoval: false,
    initialState: { sorting: [{ id: 'requests', desc: true }] },
  })
  return (
    <section className="min-w-0 pb-4">
      <SectionHead title="Routes" />
      <div className="overflow-x-auto">
        <table className="route-table">
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const sorted = header.column.getIsSorted()
                  const Icon = sorted === 'asc' ? ArrowUp : ArrowDown
                  return (
                    <th key={header.id} scope="col" aria-sort={ariaSort(sorted)}>
                      <button type="button" onClick={header.column.getToggleSortingHandler()}>
                        {sorted && <Icon size={11} aria-hidden />}
                        <table.FlexRender header={header} />
                      </button>
                    </th>
                  )
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id}>
                {row.getAllCells().map((cell) => (
                  <td key={cell.id}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows?.length === 0 && <p className="px-5 py-3 text-sm text-ink-3">No request in this window.</p>}
    </section>
  )
}

function ariaSort(sorted: false | 'asc' | 'desc') {
  if (sorted === false) return undefined
  return sorted === 'asc' ? 'ascending' : 'descending'
}
