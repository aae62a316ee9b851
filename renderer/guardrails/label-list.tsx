import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Download, Trash2 } from 'lucide-react'
import type { GuardLabelRow } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { formatMoment } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { RequestLink } from '../parts/request-link.tsx'
import { guardLabelsQuery, readLabelsAgain } from '../queries.ts'
import { useIsViewer } from '../role.ts'
import { LabelMark } from './label-mark.tsx'
import { useGuardAddress } from './page-address.ts'
import { Quoted } from './quoted.tsx'
import { ScopeChoice } from './scope-choice.tsx'
import { formatScore } from './words.ts'

/** The labelled set: what people said of verdicts and texts. */
export function LabelList() {
  const { route, tenant, guardrail, change } = useGuardAddress()
  const labels = useInfiniteQuery(guardLabelsQuery(route, guardrail))
  const isViewer = useIsViewer()
  const rows = labels.data?.pages.flatMap((page) => page.data) ?? []
  const remove = useMutation({ mutationFn: api.removeGuardLabel, onSuccess: readLabelsAgain })
  const scope = new URLSearchParams([
    ...(route === null ? [] : [['route', route]]),
    ...(guardrail === null ? [] : [['guardrail', guardrail]]),
  ])
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-2.5 text-sm">
        <ScopeChoice route={route} tenant={tenant} guardrail={guardrail} change={change} without="tenant" />
        <a className="button ml-auto" href={`/admin/api/guardrails/labels.jsonl?${scope}`} download>
          <Download size={13} aria-hidden />
          Export
        </a>
      </div>
      {remove.error && (
        <p role="alert" className="note note-error mx-5 mt-3">
          {remove.error.message}
        </p>
      )}
      {labels.error && !labels.data && (
        <Failure what="The labels" error={labels.error} retry={() => void labels.refetch()} />
      )}
      {labels.isPending && <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>}
      {labels.data && rows.length === 0 && (
        <p className="px-5 py-6 text-sm text-ink-3">
          Nothing is labelled yet. Judge verdicts in the list, or try a text and say whether it should be found.
        </p>
      )}
      <ul aria-label="Labels">
        {rows.map((row) => (
          <Label key={row.id} row={row} remove={isViewer ? null : () => remove.mutate(row.id)} />
        ))}
      </ul>
      <LoadMore query={labels} />
    </>
  )
}

function Label({ row, remove }: { row: GuardLabelRow; remove: (() => void) | null }) {
  const where = row.route === null ? `${row.kind}, by itself` : `${row.route} · ${row.guardrail}`
  const hasPassed = row.verdict !== null && (row.label === 'missed' || row.label === 'benign')
  return (
    <li className="example px-5">
      <span className="font-medium" title={`Threshold then: ${formatScore(row.threshold)}`}>
        {formatScore(row.score)}
      </span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-3 text-sm">
          <LabelMark label={row.label} />
          <span>{where}</span>
          {row.category !== null && <span className="text-ink-2">{row.category}</span>}
        </p>
        <Quoted
          excerpt={row.excerpt}
          highlight={row.highlight}
          nothing={hasPassed ? 'It passed, so nothing of it was kept.' : 'Not shown.'}
        />
        <p className="text-xs text-ink-3">
          {row.origin === null ? 'a verdict' : 'a text that was tried'} · {formatMoment(row.at)} · {row.actor}
        </p>
      </div>
      <span className="flex items-center gap-3">
        {row.request_id !== null && <RequestLink id={row.request_id} />}
        {remove !== null && (
          <button
            type="button"
            className="button button-quiet button-square"
            aria-label={`Take back the label of ${formatMoment(row.at)}`}
            title="Take it back"
            onClick={remove}
          >
            <Trash2 size={13} />
          </button>
        )}
      </span>
    </li>
  )
}
