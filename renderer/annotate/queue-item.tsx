import { Check, SkipForward, TriangleAlert, UserRound } from 'lucide-react'
import type { CSSProperties } from 'react'
import type { AnnotationRow } from '../../server/http/admin/schemas.ts'
import { formatClock, formatMoment, formatPlural } from '../format.ts'
import { reasonTones, reasonWords, stateWords, withoutScores } from './words.ts'

/** What was done to an item just now; `differs`: others have said something else of it. */
export type Done = 'labelled' | 'differs' | 'skipped'

interface QueueItemProps {
  row: AnnotationRow
  me: string
  done: Done | null
  /** What evaluators said is not told. */
  blind: boolean
  selected: boolean
  select: () => void
}

/** The DOM id of an item, to scroll to. */
export const queueItemId = (id: number) => `annotation-${id}`

/** One item of the list: why it is here, and what has become of it. */
export function QueueItem({ row, me, done, blind, selected, select }: QueueItemProps) {
  const told = blind && done === null ? withoutScores(row) : row
  const facts = [row.route, told.detail]
  return (
    <li id={queueItemId(row.id)}>
      <button type="button" className="pair-item" aria-current={selected} onClick={select}>
        <span className="flex items-center gap-2">
          <ReasonChip reason={told.reason} />
          <span className="ml-auto flex items-center gap-1.5 text-xs text-ink-3" title={formatMoment(row.at)}>
            {done === 'labelled' && <Check size={12} className="text-ok" aria-label="labelled" />}
            {done === 'differs' && (
              <TriangleAlert size={12} className="text-fallback" aria-label="labelled; others say something else" />
            )}
            {done === 'skipped' && <SkipForward size={12} aria-label="skipped" />}
            {done === null && row.labels > 0 && (
              <span title={`${stateWords[row.state]}, ${formatPlural(row.labels, 'label')}`}>
                {formatPlural(row.labels, 'label')}
              </span>
            )}
            {done === null && row.state === 'skipped' && <SkipForward size={12} aria-label="skipped" />}
            {row.assignee !== null && (
              <span className="flex items-center gap-0.5" title={`Assigned to ${row.assignee}`}>
                <UserRound size={11} aria-hidden />
                {row.assignee === me ? 'me' : row.assignee}
              </span>
            )}
            {formatClock(Date.parse(row.at)).time}
          </span>
        </span>
        <span className="pair-question">{facts.filter((fact) => fact !== null).join(' · ')}</span>
      </button>
    </li>
  )
}

/** Why it is in the queue; `null`: not told. */
export function ReasonChip({ reason }: { reason: AnnotationRow['reason'] | null }) {
  const tone = reason === null ? 'ink-3' : reasonTones[reason]
  return (
    <span className="change-chip" style={{ '--tone': `var(--${tone})` } as CSSProperties}>
      {reason === null ? 'queued' : reasonWords[reason]}
    </span>
  )
}
