import { Dialog } from '@base-ui/react/dialog'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import type { CachePurge, CachePurged } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { formatBytes } from '../format.ts'
import { useKeys } from '../keys.ts'
import { DialogHead } from '../parts/dialog-head.tsx'
import { cacheSummaryQuery } from '../queries.ts'
import { OwnerChoice } from './owner-choice.tsx'
import { formatReplies } from './words.ts'

interface PurgeDialogProps {
  /** What the list is narrowed to already. */
  route: string | null
  tenant: string | null
  close: () => void
  purged: (what: string, removed: CachePurged) => void
}

const EVERYTHING = 'everything'

/** Forgets a route's replies, a tenant's, or all, once the name of what goes has been typed. */
export function PurgeDialog(props: PurgeDialogProps) {
  const [chosen, setChosen] = useState({ route: props.route, tenant: props.tenant })
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const { route, tenant } = chosen
  const what = [route, tenant].filter((name) => name !== null).join(' / ') || EVERYTHING
  const selection: CachePurge =
    what === EVERYTHING && route === null && tenant === null
      ? { all: true }
      : { ...(route === null ? {} : { route }), ...(tenant === null ? {} : { tenant }) }
  const purge = useMutation({
    mutationFn: () => api.purgeCache(selection),
    onSuccess: (removed) => props.purged(what, removed),
  })
  const ready = typed.trim() === what && !purge.isPending
  useKeys([{ keys: ['Escape'], name: 'Close', group: 'Cache', run: props.close, inFields: true }], { exclusive: true })
  return (
    <Dialog.Root open onOpenChange={props.close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="shade" />
        <Dialog.Popup className="popup overflow-y-auto px-6 pt-4 pb-5" initialFocus={field}>
          <DialogHead title="Purge the cache" className="mb-1" />
          <p className="mb-3 text-sm text-ink-2">
            Kept replies are forgotten, in memory and in the store, with the look-ups that quote them. The next requests
            are answered by the targets. It stands in the audit trail.
          </p>
          <div className="mb-3 flex flex-wrap items-center gap-3">
            <OwnerChoice
              route={route}
              tenant={tenant}
              change={(changes) => {
                setChosen({ ...chosen, ...changes })
                setTyped('')
              }}
            />
            <Extent route={route} tenant={tenant} />
          </div>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (ready) purge.mutate()
            }}
          >
            <label htmlFor={id} className="mb-1 block text-sm">
              Type <code className="font-mono font-medium text-ink">{what}</code> to go on
            </label>
            <div className="flex gap-2">
              <input
                ref={field}
                id={id}
                className="field min-w-0 flex-1 font-mono"
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
              <button type="submit" className="button button-strong" disabled={!ready}>
                {purge.isPending ? 'Purging…' : 'Purge'}
              </button>
            </div>
          </form>
          {purge.error && (
            <p role="alert" className="note note-error mt-3">
              {purge.error.message}
            </p>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** About how much would go: what is kept changes meanwhile. */
function Extent({ route, tenant }: { route: string | null; tenant: string | null }) {
  const summary = useQuery(cacheSummaryQuery(86_400_000, 30_000)).data
  if (!summary) return null
  const meant = summary.owners.filter(
    (owner) => (route === null || owner.route === route) && (tenant === null || owner.tenant === tenant),
  )
  const entries = meant.reduce((sum, owner) => sum + owner.entries, 0)
  const bytes = meant.reduce((sum, owner) => sum + owner.bytes, 0)
  return (
    <span className="text-sm text-ink-2">
      {formatReplies(entries)}, {formatBytes(bytes)}
    </span>
  )
}
