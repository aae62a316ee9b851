import { useMutation, useQuery } from '@tanstack/react-query'
import { SkipForward, UserRound } from 'lucide-react'
import type { RefObject } from 'react'
import type { AnnotationItem } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'
import { useKeys } from '../keys.ts'
import { ConversationView } from '../parts/conversation-view.tsx'
import { Failure } from '../parts/failure.tsx'
import { RequestLink } from '../parts/request-link.tsx'
import { annotationApi, annotationItemQuery, readItemAgain } from './annotation-api.ts'
import { FeedbackList } from './feedback-list.tsx'
import { LabelForm } from './label-form.tsx'
import { useBlind } from './labeller.ts'
import { LookUpNote } from './look-up-note.tsx'
import { OtherLabels } from './other-labels.tsx'
import { type Done, ReasonChip } from './queue-item.tsx'
import { ReplyText } from './reply-text.tsx'
import { ScoreNotes } from './score-notes.tsx'
import { VerdictNotes } from './verdict-notes.tsx'
import { withoutScores } from './words.ts'

interface ItemPaneProps {
  /** What scrolls. */
  pane: RefObject<HTMLElement | null>
  id: number
  /** Name of whoever labels. */
  me: string
  /** Done with it: on to the next one. */
  finish: (id: number, what: Done) => void
  /** Something more is known of what was done. */
  note: (id: number, what: Done) => void
}

/** One item: what was asked and said, what is known of it, and what this person says. */
export function ItemPane(props: ItemPaneProps) {
  const { data, error, refetch } = useQuery(annotationItemQuery(props.id, props.me))
  if (error && !data) return <Failure what="The item" error={error} retry={() => void refetch()} />
  if (!data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  return <OpenItem {...props} item={data} />
}

function OpenItem({ pane, me, finish, note, item }: ItemPaneProps & { item: AnnotationItem }) {
  const blind = useBlind()
  const { id, assignee, texts, feedback, verdicts, look_up } = item
  const hasLabelled = item.labels.some(({ by }) => by === me)
  /** What a judge says would sway. */
  const isBlind = blind && !hasLabelled
  const scores = isBlind ? [] : item.scores
  const told = isBlind ? withoutScores(item) : item
  const assign = useMutation({ mutationFn: annotationApi.assign, onSuccess: () => readItemAgain(id, me) })
  const skip = useMutation({
    mutationFn: annotationApi.skip,
    onSuccess: () => {
      void readItemAgain(id, me)
      finish(id, 'skipped')
    },
  })
  const assignToMe = () => assign.mutate({ id, as: me, assignee: assignee === me ? null : me })
  const skipIt = () => {
    if (item.state === 'open' && !skip.isPending) skip.mutate({ id, as: me })
  }
  useKeys([
    { keys: ['a'], name: 'Assign to me, or to nobody', group: 'Annotate', run: assignToMe },
    { keys: ['s'], name: 'Skip it', group: 'Annotate', run: skipIt },
  ])
  const problem = assign.error ?? skip.error
  return (
    <section ref={pane} className="pair-pane" aria-label="Item">
      <header className="pair-head">
        <ReasonChip reason={told.reason} />
        {told.detail !== null && <span>{told.detail}</span>}
        <span className="text-ink-3">
          {[item.route, item.tenant, item.request?.model, formatMoment(item.request?.ts ?? item.at)]
            .filter((part) => part != null)
            .join(' · ')}
        </span>
        <RequestLink id={item.request_id} />
        <span className="ml-auto flex flex-none items-center gap-2">
          {assignee !== null && assignee !== me && <span className="text-ink-2">assigned to {assignee}</span>}
          <button type="button" className="button toggle" aria-pressed={assignee === me} onClick={assignToMe}>
            <UserRound size={13} aria-hidden />
            {assignee === me ? 'Assigned to me' : 'Assign to me'} <kbd className="key">A</kbd>
          </button>
          <button type="button" className="button" disabled={item.state !== 'open'} onClick={skipIt}>
            <SkipForward size={13} aria-hidden />
            {item.state === 'skipped' ? 'Skipped' : 'Skip'} <kbd className="key">S</kbd>
          </button>
        </span>
      </header>
      {problem && (
        <p role="alert" className="note note-error mx-5 my-3">
          {problem.message}
        </p>
      )}
      <FeedbackList feedback={feedback} />
      {texts?.request && <ConversationView request={texts.request} />}
      <ReplyText texts={texts} error={item.request?.error ?? null} scores={scores} />
      {look_up && <LookUpNote lookUp={look_up} />}
      <ScoreNotes scores={item.scores} hidden={isBlind} />
      <VerdictNotes verdicts={verdicts} disputed={item.disputed} />
      <OtherLabels item={item} me={me} />
      <LabelForm item={item} me={me} finish={finish} note={note} />
    </section>
  )
}
