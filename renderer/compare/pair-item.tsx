import { Check } from 'lucide-react'
import type { PairRow } from '../../server/http/admin/schemas.ts'
import { formatClock, formatMoment } from '../format.ts'
import { ChangeChip } from './change-chip.tsx'
import { skipWords } from './words.ts'

interface PairItemProps {
  row: PairRow
  /** By this person. */
  voted: boolean
  selected: boolean
  select: () => void
}

/** The DOM id of a pair, to scroll to. */
export const pairItemId = (id: string) => `pair-${id}`

const LONGEST = 160

/** One pair of the list: what was asked, and how far the replies differ. */
export function PairItem({ row, voted, selected, select }: PairItemProps) {
  const question = row.texts?.request?.question.slice(0, LONGEST).trim()
  return (
    <li id={pairItemId(row.id)}>
      <button type="button" className="pair-item" aria-current={selected} onClick={select}>
        <span className="flex items-center gap-2">
          {row.change && <ChangeChip kind={row.change.kind} />}
          {row.skipped !== null && <span className="badge badge-unknown">skipped</span>}
          {row.change?.kind === 'substantive' && (
            <span className="text-xs text-ink-3" title="How much of them differs">
              {Math.round(row.change.amount * 100)}%
            </span>
          )}
          <span className="ml-auto flex items-center gap-1.5 text-xs text-ink-3" title={formatMoment(row.at)}>
            {voted && <Check size={12} className="text-ok" aria-label="voted on" />}
            {formatClock(Date.parse(row.at)).time}
          </span>
        </span>
        <span className="pair-question">
          {row.skipped === null ? (question ?? 'Its texts are not kept any more.') : skipWords[row.skipped]}
        </span>
      </button>
    </li>
  )
}
