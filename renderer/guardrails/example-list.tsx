import type { VerdictRow } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'
import { RequestLink } from '../parts/request-link.tsx'
import { LabelMark } from './label-mark.tsx'
import { Quoted } from './quoted.tsx'
import { formatScore } from './words.ts'

/** Verdicts as examples of what a setting means. */
export function ExampleList({ rows, title }: { rows: readonly VerdictRow[]; title: string }) {
  if (rows.length === 0) return null
  return (
    <div className="mt-3">
      <h3 className="label mb-1">{title}</h3>
      <ul className="border-t border-line">
        {rows.map((row) => (
          <li key={row.id} className="example">
            <span className="font-medium">{formatScore(row.score)}</span>
            <div className="min-w-0">
              <Quoted
                excerpt={row.excerpt}
                highlight={row.highlight}
                nothing={row.verdict === 'pass' ? 'It passed, so nothing of it was kept.' : 'Not shown.'}
              />
              <p className="text-xs text-ink-3">
                {[row.category, row.place, row.tenant, formatMoment(row.ts)]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </p>
            </div>
            <span className="flex items-baseline gap-3">
              <LabelMark label={row.label} />
              <RequestLink id={row.request_id} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
