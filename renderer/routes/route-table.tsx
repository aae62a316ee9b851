import type { RouteRow } from '../../server/http/admin/schemas.ts'
import { useKeys } from '../keys.ts'
import { RouteChain } from './route-chain.tsx'
import { useDrain } from './use-drain.ts'

interface RouteTableProps {
  rows: readonly RouteRow[]
  selected: string | null
  open: (route: string) => void
}

/** By name, as their widths are set by it. */
const columns = ['target', 'state', 'share', 'p95', 'ttft', 'errors', 'queue', 'drain'] as const

/** Every route with its chain of targets. J and K move, a click or Enter on the name opens. */
export function RouteTable({ rows, selected, open }: RouteTableProps) {
  const { drain, pending, undo, failure } = useDrain()
  const position = rows.findIndex((row) => row.name === selected)
  const move = (to: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))]
    if (row) open(row.name)
  }
  useKeys([
    { keys: ['j'], name: 'Next route', group: 'Routes', run: () => move(position + 1) },
    { keys: ['k'], name: 'Previous route', group: 'Routes', run: () => move(position - 1) },
  ])
  return (
    <>
      <table className="route-table chain-table" aria-label="Routes and their targets">
        <colgroup>
          {columns.map((column) => (
            <col key={column} className={`column-${column}`} />
          ))}
        </colgroup>
        <thead>
          <tr className="chain-heads">
            <th scope="col">Target</th>
            <th scope="col">State</th>
            <th scope="col" title="Of the route’s attempts in the last five minutes">
              Share
            </th>
            <th scope="col" className="number" title="95 of 100 whole replies were faster">
              p95
            </th>
            <th scope="col" className="number cell-wide" title="95 of 100 streams had their first content sooner">
              TTFT p95
            </th>
            <th scope="col" className="number" title="Failed attempts for this route in the last five minutes">
              Errors
            </th>
            <th
              scope="col"
              className="number cell-wide"
              title="Calls to the provider: running, of how many at a time, and waiting"
            >
              Queue
            </th>
            <th scope="col">
              <span className="sr-only">Drain</span>
            </th>
          </tr>
        </thead>
        {rows.map((row) => (
          <RouteChain
            key={row.name}
            route={row}
            selected={row.name === selected}
            open={open}
            drain={drain}
            pending={pending}
          />
        ))}
      </table>
      <div role="status" className="route-toast empty:hidden">
        {undo && (
          <>
            <span>
              <strong className="font-medium">{undo.name}</strong> is drained: new requests avoid it.
            </span>
            <button type="button" className="button" onClick={undo.run}>
              Undo
            </button>
          </>
        )}
        {failure && <span className="text-error">{failure.message}</span>}
      </div>
    </>
  )
}
