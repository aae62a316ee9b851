import { useState } from 'react'
import type { AnnotationItem } from '../../server/http/admin/schemas.ts'
import { formatCount } from '../format.ts'
import { LabelMark } from '../guardrails/label-mark.tsx'
import { VerdictBody, VerdictWords } from '../guardrails/verdict-item.tsx'
import { Mark } from '../parts/outcome.tsx'

interface VerdictNotesProps {
  verdicts: AnnotationItem['verdicts']
  /** Id of the one that somebody disputes. */
  disputed: number | null
}

/** What guardrails said of the request and the reply; passes on demand. */
export function VerdictNotes({ verdicts, disputed }: VerdictNotesProps) {
  const [all, setAll] = useState(false)
  if (verdicts.length === 0) return null
  const shown = verdicts.filter(({ id, verdict }) => all || verdict !== 'pass' || id === disputed)
  const passes = verdicts.length - shown.length
  return (
    <section aria-label="Verdicts" className="item-notes">
      <h3 className="label">Guardrails</h3>
      <ul>
        {shown.map((row) => (
          <li key={row.id} className="py-1">
            <div className="flex flex-wrap items-baseline gap-x-3 text-sm">
              <VerdictWords row={row} />
              {row.id === disputed && <Mark tone="refused">disputed</Mark>}
              <LabelMark label={row.label} />
              <span className="ml-auto text-ink-3">{row.stage}</span>
            </div>
            <VerdictBody row={row} />
          </li>
        ))}
      </ul>
      {passes > 0 && (
        <button type="button" className="request-more" onClick={() => setAll(true)}>
          {shown.length > 0 && 'and '}
          {formatCount(passes)} that let it pass
        </button>
      )}
    </section>
  )
}
