import { Dialog } from '@base-ui/react/dialog'
import { Tabs } from '@base-ui/react/tabs'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ExperimentDetail, PromotionPlan } from '../../server/http/admin/schemas.ts'
import { ApiError, api } from '../api.ts'
import { DiffView } from '../code/diff-view.tsx'
import { AnswerMark } from '../compare/answer-mark.tsx'
import { useKeys } from '../keys.ts'
import { DialogHead } from '../parts/dialog-head.tsx'
import { isComplete, noOverride, type Override } from './override.ts'
import { OverrideFields } from './override-fields.tsx'
import { planQuery, readPromotionsAgain } from './queries.ts'
import { SHARES, shareWords } from './steps.ts'

const PLAN_MS = 5000

/** What promoting changes in the config file, and the first step of it. */
export function PromoteDialog({ experiment, close }: { experiment: ExperimentDetail; close: () => void }) {
  const popup = useRef<HTMLDivElement>(null)
  const { data, error } = useQuery(planQuery(experiment.id, PLAN_MS))
  useKeys([{ keys: ['Escape'], name: 'Close', group: 'Compare', run: close, inFields: true }], { exclusive: true })
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="shade" />
        <Dialog.Popup ref={popup} initialFocus={popup} className="popup apply-dialog">
          <DialogHead title={`Promote ${experiment.candidate} on ${experiment.route}`} className="px-6 pt-4 pb-1" />
          {error && (
            <p role="alert" className="note note-error mx-6 mb-4">
              {error.message} {error instanceof ApiError && error.hint}
            </p>
          )}
          {data ? (
            <Plan experiment={experiment.id} plan={data} close={close} />
          ) : (
            !error && <p className="px-6 pb-4 text-sm text-ink-3">Loading…</p>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface PlanProps {
  experiment: string
  plan: PromotionPlan
  close: () => void
}

function Plan({ experiment, plan, close }: PlanProps) {
  const [automatic, setAutomatic] = useState(false)
  const [override, setOverride] = useState<Override>(noOverride)
  const { allowed, answer, why, route, candidate } = plan
  const share = shareWords(SHARES[0]!)
  const begin = useMutation({
    mutationFn: () =>
      api.beginPromotion({
        experiment,
        automatic,
        ...(allowed ? {} : { override: { candidate: override.candidate, reason: override.reason.trim() } }),
      }),
    onSuccess: close,
    onSettled: readPromotionsAgain,
  })
  const ready = (allowed || isComplete(override, candidate)) && !begin.isPending
  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) begin.mutate()
      }}
    >
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="px-6 pb-3 text-sm">
          <p className="flex items-start gap-2">
            <AnswerMark answer={answer} /> <span className="min-w-0 text-ink-2">{why}</span>
          </p>
          <p className="mt-2 text-ink-2">
            {share} of {route}’s requests go to {candidate} first; a session stays where the lot put it. A live verdict
            begins with each step. When {candidate} turns out worse, everything goes back by itself.
          </p>
        </div>
        <Changes plan={plan} />
        <label className="flex items-center gap-2 px-6 pt-3 text-sm">
          <input type="checkbox" checked={automatic} onChange={({ target }) => setAutomatic(target.checked)} />
          Take each next step by itself, as soon as live traffic says non-inferior
        </label>
        {!allowed && <OverrideFields candidate={candidate} override={override} change={setOverride} />}
        {begin.error && (
          <p role="alert" className="note note-error mx-6 mt-3">
            {begin.error.message} {begin.error instanceof ApiError && begin.error.hint}
          </p>
        )}
      </div>
      <footer className="flex flex-none items-center gap-3 px-6 py-3.5 text-sm">
        <p className="min-w-0 flex-1 truncate text-ink-3">It stands in the audit trail.</p>
        <button type="button" className="button button-quiet" onClick={close}>
          Cancel
        </button>
        <button type="submit" className={`button ${allowed ? 'button-strong' : 'button-override'}`} disabled={!ready}>
          {begin.isPending ? 'Sending…' : `${allowed ? 'Send' : 'Override and send'} ${share} to ${candidate}`}
        </button>
      </footer>
    </form>
  )
}

/** The config file before and after: with the first step, and once it is complete. */
function Changes({ plan: { before, first, complete } }: { plan: PromotionPlan }) {
  const views = [
    { name: `First step, ${shareWords(SHARES[0]!)}`, after: first },
    { name: 'Once complete', after: complete },
  ]
  return (
    <Tabs.Root defaultValue={0}>
      <Tabs.List className="tab-list px-4" aria-label="Changes of the config file">
        {views.map(({ name }, index) => (
          <Tabs.Tab key={name} value={index} className="tab">
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {views.map(({ name, after }, index) => (
        <Tabs.Panel key={name} value={index} className="promote-diff">
          <DiffView before={before} after={after} label={`Config file, ${name.toLowerCase()}`} />
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}
