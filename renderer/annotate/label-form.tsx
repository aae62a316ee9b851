import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { AnnotationItem } from '../../server/http/admin/schemas.ts'
import { isField, useKeys } from '../keys.ts'
import { annotationApi, readItemAgain } from './annotation-api.ts'
import { CriterionChoice } from './criterion-choice.tsx'
import { differsFromOthers } from './others.ts'
import type { Done } from './queue-item.tsx'

interface LabelFormProps {
  item: AnnotationItem
  /** Name of whoever labels. */
  me: string
  finish: (id: number, what: Done) => void
  note: (id: number, what: Done) => void
}

/** What this person says of an item. All of it goes by keyboard: a number answers, Tab goes on, Enter saves. */
export function LabelForm({ item, me, finish, note }: LabelFormProps) {
  const { id, criteria } = item
  const own = item.labels.find(({ by }) => by === me)
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>(own?.labels ?? {})
  const [comment, setComment] = useState(own?.comment ?? '')
  const [missing, setMissing] = useState<string | null>(null)
  const form = useRef<HTMLElement>(null)
  const commentField = useRef<HTMLInputElement>(null)
  const { mutate, error, isPending } = useMutation({
    mutationFn: annotationApi.label,
    onSuccess: () => {
      finish(id, 'labelled')
      void readItemAgain(id, me).then((read) => {
        if (differsFromOthers(read, me)) note(id, 'differs')
      })
    },
  })
  const focusOn = (place: number) => {
    const group = form.current?.querySelectorAll('fieldset')[place]
    const radio = group?.querySelector<HTMLInputElement>('input:checked') ?? group?.querySelector('input')
    radio?.focus({ preventScroll: true })
  }
  const answer = (number: number) => {
    const groups = [...(form.current?.querySelectorAll('fieldset') ?? [])]
    const open = criteria.findIndex(({ name }) => labels[name] === undefined)
    const focused = groups.findIndex((group) => group.contains(document.activeElement))
    const place = focused >= 0 ? focused : Math.max(0, open)
    const label = criteria[place]?.labels[number - 1]
    if (label === undefined) return
    setLabels({ ...labels, [criteria[place]!.name]: label })
    setMissing(null)
    focusOn(Math.min(place + 1, criteria.length - 1))
  }
  const save = () => {
    if (isPending) return
    const unanswered = criteria.findIndex(({ name, required }) => required && labels[name] === undefined)
    if (unanswered >= 0) {
      setMissing(criteria[unanswered]!.name)
      focusOn(unanswered)
    } else mutate({ id, as: me, label: labels, comment: comment.trim() || null })
  }
  // Whoever goes from item to item answers without a Tab first.
  useEffect(() => {
    if (!isField(document.activeElement)) focusOn(0)
  }, [])
  const most = Math.max(...criteria.map((criterion) => criterion.labels.length))
  useKeys([
    ...Array.from({ length: most }, (_, index) => ({
      keys: [String(index + 1)],
      name: `Answer ${index + 1}`,
      group: 'Annotate' as const,
      run: () => answer(index + 1),
    })),
    { keys: ['Enter'], name: 'Save and go on', group: 'Annotate', run: save },
    { keys: ['c'], name: 'Comment', group: 'Annotate', run: () => commentField.current?.focus() },
  ])
  return (
    <footer ref={form} className="label-form">
      {criteria.map((criterion) => (
        <CriterionChoice
          key={criterion.name}
          criterion={criterion}
          chosen={labels[criterion.name] ?? null}
          missing={missing === criterion.name}
          choose={(label) => {
            setLabels({ ...labels, [criterion.name]: label })
            setMissing(null)
          }}
        />
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <input
          ref={commentField}
          type="text"
          className="field min-w-40 flex-1"
          aria-label="Comment"
          placeholder="Comment"
          maxLength={2000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') save()
            if (event.key !== 'Escape') return
            event.preventDefault()
            focusOn(0)
          }}
        />
        <button type="button" className="button button-strong" disabled={isPending} onClick={save}>
          {own ? 'Save again' : 'Save'} <kbd className="font-sans text-xs opacity-60">Enter</kbd>
        </button>
      </div>
      <p role="status" className="text-xs text-ink-3">
        {error !== null && <span className="text-error">Not stored: {error.message}</span>}
        {error === null && missing !== null && <span className="text-fallback">“{missing}” is not answered yet.</span>}
        {error === null && missing === null && 'Numbers answer, Tab goes on, Enter saves and opens the next one.'}
      </p>
    </footer>
  )
}
