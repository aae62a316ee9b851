import { useQuery } from '@tanstack/react-query'
import type { RequestRow } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'
import { VerdictBody, VerdictWords } from '../guardrails/verdict-item.tsx'
import { Failure } from '../parts/failure.tsx'
import { requestVerdictsQuery } from '../queries.ts'

/** What guardrails said of the request and its reply; nothing where none looked at it. */
export function GuardSection({ result }: { result: RequestRow | null }) {
  const { data, error, refetch } = useQuery({
    ...requestVerdictsQuery(result?.request_id ?? '', result?.verdicts.length ?? 0),
    enabled: result !== null,
  })
  if (error && result !== null && result.verdicts.length > 0)
    return <Failure what="What the guardrails said" error={error} retry={() => void refetch()} />
  const rows = data?.data.toReversed() ?? []
  if (rows.length === 0) return null
  return (
    <section aria-label="Guardrails" className="border-b border-line py-4">
      <h3 className="px-5 pb-1.5 text-base font-semibold">Guardrails</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id} className="verdict-line">
            <div className="flex flex-wrap items-baseline gap-x-3 text-sm">
              <VerdictWords row={row} />
              <span className="ml-auto text-ink-3">
                {row.stage} · {formatDuration(row.duration_ms)}
              </span>
            </div>
            <VerdictBody row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}
