import { Eye, EyeOff } from 'lucide-react'
import { type RefObject, useState } from 'react'
import type { PairRow } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'
import { ConversationView } from '../parts/conversation-view.tsx'
import { RequestLink } from '../parts/request-link.tsx'
import type { Choice, Order } from './blind.ts'
import { ChangeChip } from './change-chip.tsx'
import { ReplyPair } from './reply-pair.tsx'
import type { Vote } from './shapes.ts'
import { VoteBar } from './vote-bar.tsx'
import { canVote, cohortValue, skipWords } from './words.ts'

interface PairPaneProps {
  /** What scrolls. */
  pane: RefObject<HTMLElement | null>
  pair: PairRow
  order: Order
  /** Who is who is shown. */
  isOpen: boolean
  /** `null` where names are shown anyway. */
  reveal: (() => void) | null
  plain: boolean
  setPlain: (plain: boolean) => void
  vote: Vote | null
  choose: (choice: Choice) => void
  problem: Error | null
}

/** One pair: what was asked, the two replies, and what people say of them. */
export function PairPane(props: PairPaneProps) {
  const { pane, pair, order, isOpen, reveal, plain, setPlain } = props
  /** The baseline's second reply stands in the candidate's place. */
  const [itself, setItself] = useState(false)
  const { texts, skipped, change } = pair
  const isItself = isOpen && itself
  return (
    <section ref={pane} className="pair-pane" aria-label="Pair">
      <header className="pair-head">
        {change && <ChangeChip kind={change.kind} />}
        <span className="text-ink-3">{formatMoment(pair.at)}</span>
        {Object.entries(pair.cohort).map(([key, value]) => (
          <span key={key} className="truncate">
            <span className="text-ink-3">{key}</span> {cohortValue(value)}
          </span>
        ))}
        {pair.request_id !== null && isOpen && <RequestLink id={pair.request_id} />}
        {texts !== null && skipped === null && (
          <span className="ml-auto flex flex-none items-center gap-2">
            {isOpen && texts.self !== null && (
              <label className="flex items-center gap-1.5" title="The noise floor: two replies of the baseline">
                <input type="checkbox" checked={itself} onChange={(event) => setItself(event.target.checked)} />
                Baseline with itself
              </label>
            )}
            <button type="button" className="button toggle" aria-pressed={plain} onClick={() => setPlain(!plain)}>
              Plain <kbd className="key">D</kbd>
            </button>
            {reveal && (
              <button type="button" className="button toggle" aria-pressed={isOpen} onClick={reveal}>
                {isOpen ? <Eye size={13} aria-hidden /> : <EyeOff size={13} aria-hidden />}
                {isOpen ? 'Revealed' : 'Reveal'} <kbd className="key">R</kbd>
              </button>
            )}
          </span>
        )}
      </header>
      {skipped !== null && (
        <p className="px-5 py-4 text-sm text-ink-2">
          Skipped: {skipWords[skipped]}. It says nothing of the candidate, and the verdict does not count it.
        </p>
      )}
      {texts === null && skipped === null && (
        <p className="px-5 py-4 text-sm text-ink-2">Its texts are past their time; its figures still count.</p>
      )}
      {texts?.request && <ConversationView request={texts.request} />}
      {skipped === null && (
        <ReplyPair
          texts={texts}
          pair={pair}
          order={isItself ? ['baseline', 'self'] : order}
          isOpen={isOpen}
          plain={plain}
        />
      )}
      {canVote(pair) && !isItself && <VoteBar {...props} />}
    </section>
  )
}
