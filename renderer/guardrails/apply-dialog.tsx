import { Dialog } from '@base-ui/react/dialog'
import { useMutation, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import type { ConfigState, GuardRuleRow } from '../../server/http/admin/schemas.ts'
import { ApiError, api } from '../api.ts'
import { useKeys } from '../keys.ts'
import { DialogHead } from '../parts/dialog-head.tsx'
import { configQuery, guardrailsQuery, queryClient, routesQuery } from '../queries.ts'
import { useConfigCheck } from '../routes/config-check.ts'
import { changedText, type RuleSetting } from './config-change.ts'
import { LastWeek } from './last-week.tsx'
import { isShared } from './rule-words.ts'

interface ApplyDialogProps {
  route: string
  rule: GuardRuleRow
  setting: RuleSetting
  close: () => void
}

/** The editor brings CodeMirror along, which the page has no other use for. */
const DiffView = lazy(async () => ({ default: (await import('../code/diff-view.tsx')).DiffView }))

/** What a change of one setting would have meant last week, and what it changes in the config file; and applies it. */
export function ApplyDialog(props: ApplyDialogProps) {
  const { route, rule, setting, close } = props
  const popup = useRef<HTMLDivElement>(null)
  useKeys([{ keys: ['Escape'], name: 'Close', group: 'Guardrails', run: close, inFields: true }], { exclusive: true })
  const config = useQuery({ ...configQuery, staleTime: 0 })
  const [moved, setMoved] = useState(false)
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="shade" />
        <Dialog.Popup ref={popup} initialFocus={popup} className="popup apply-dialog">
          <DialogHead title={titleOf(props)} className="px-6 pt-4 pb-1" />
          <div className="min-h-0 flex-1 overflow-y-auto px-6 pb-3">
            {isShared(rule) && (
              <p className="note note-warning mb-3">
                This rule stands at the top of the file: the change counts for every route. What follows is of {route}.
              </p>
            )}
            <LastWeek route={route} rule={rule} setting={setting} />
          </div>
          {moved && (
            <p role="alert" className="note note-warning mx-6 mb-3">
              The config file was changed by someone else meanwhile, and nothing was written. This is what would change
              in it now.
            </p>
          )}
          {config.data && (
            <Change {...props} key={config.data.revision} config={config.data} conflicted={() => setMoved(true)} />
          )}
          {config.error && <p className="note note-error mx-6 mb-4">{config.error.message}</p>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function titleOf({ route, rule, setting }: ApplyDialogProps): string {
  const whose = `${rule.name} on ${route}`
  if (setting.name === 'threshold') return `${whose}: threshold ${setting.value}`
  return setting.value === 'enforce' ? `${whose}: act on what it finds` : `${whose}: only monitor`
}

interface ChangeProps {
  config: ConfigState
  /** The file is not the one that the change was made to. */
  conflicted: () => void
}

function Change({ rule, setting, close, config, conflicted }: ApplyDialogProps & ChangeProps) {
  const changed = useQuery({
    queryKey: ['guardrails', 'change', config.revision, rule.path, setting],
    queryFn: () => changedText(config.source, rule, setting),
    retry: false,
  })
  if (changed.error)
    return (
      <p role="alert" className="note note-error mx-6 mb-4">
        {changed.error.message}
      </p>
    )
  if (changed.data === undefined) return <p className="px-6 pb-4 text-sm text-ink-3">Loading…</p>
  return <Review config={config} text={changed.data} close={close} conflicted={conflicted} />
}

function Review({ config, text, close, conflicted }: ChangeProps & { text: string; close: () => void }) {
  const check = useConfigCheck(text)
  const save = useMutation({
    mutationFn: () => api.saveConfig({ source: text, base_revision: config.revision }),
    onSuccess: () => {
      for (const { queryKey } of [guardrailsQuery, routesQuery, configQuery])
        void queryClient.invalidateQueries({ queryKey })
      close()
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'conflict') conflicted()
      void queryClient.invalidateQueries({ queryKey: configQuery.queryKey })
    },
  })
  const good = check.isCurrent && check.result?.ok === true
  const [problem] = check.problems
  return (
    <>
      <div className="apply-diff">
        <Suspense fallback={<p className="px-6 py-3 text-sm text-ink-3">Loading…</p>}>
          <DiffView before={config.source} after={text} label="What would change in the config file" />
        </Suspense>
      </div>
      {problem && (
        <p role="alert" className="note note-error mx-6 mt-3">
          Line {problem.line}: {problem.message}
        </p>
      )}
      {save.error && (
        <p role="alert" className="note note-error mx-6 mt-3">
          {save.error.message} {save.error instanceof ApiError && save.error.hint}
        </p>
      )}
      <footer className="flex flex-none items-center gap-3 px-6 py-3.5 text-sm">
        <p role="status" className="min-w-0 flex-1 truncate text-ink-3">
          {good ? 'Valid. The next request follows it; it stands in the audit trail.' : 'Checking…'}
        </p>
        <button type="button" className="button button-quiet" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          className="button button-strong"
          disabled={!good || save.isPending}
          onClick={() => save.mutate()}
        >
          {save.isPending ? 'Applying…' : 'Apply'}
        </button>
      </footer>
    </>
  )
}
