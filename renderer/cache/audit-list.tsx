import { useInfiniteQuery } from '@tanstack/react-query'
import { formatMoment } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { auditQuery } from '../queries.ts'
import { auditWords } from './audit-words.ts'

/** What people did to the cache by hand, newest first. */
export function AuditList() {
  const audit = useInfiniteQuery(auditQuery)
  const rows = audit.data?.pages.flatMap((page) => page.data) ?? []
  if (audit.error) return <Failure what="The audit trail" error={audit.error} retry={() => void audit.refetch()} />
  if (audit.isPending) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  if (rows.length === 0)
    return (
      <p className="px-5 py-6 text-sm text-ink-3">
        Nothing was done by hand yet. Purges, verdicts and saved configs are noted here, with how whoever did it was let
        in.
      </p>
    )
  return (
    <div className="pb-8">
      <table className="route-table provider-table entry-table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Let in by</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="font-normal">{formatMoment(row.at)}</td>
              <td className="text-ink-2">{row.actor}</td>
              <td className="cell-message" title={JSON.stringify(row.detail)}>
                {auditWords(row)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <LoadMore query={audit} />
    </div>
  )
}
