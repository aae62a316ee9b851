import { Dialog } from '@base-ui/react/dialog'
import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { useKeys } from '../keys.ts'
import { DialogHead } from '../parts/dialog-head.tsx'
import { readExperimentsAgain } from './queries.ts'

/** Ends a comparison, once what that means has been read. */
export function EndDialog({ experiment: { id, route }, close }: { experiment: ExperimentDetail; close: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  const end = useMutation({
    mutationFn: () => api.endExperiment(id),
    onSuccess: () => {
      readExperimentsAgain()
      close()
    },
  })
  useKeys([{ keys: ['Escape'], name: 'Close', group: 'Compare', run: close }], { exclusive: true })
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Backdrop className="shade" />
        <Dialog.Popup className="popup px-6 pt-4 pb-5" initialFocus={button}>
          <DialogHead title="End this comparison" className="mb-1" />
          <p className="mb-4 text-sm text-ink-2">
            Its verdict stays as it is and takes no more pairs. While {route ?? 'the route'} has a{' '}
            <code className="font-mono text-ink">mirror</code>, the next request that is drawn begins another
            comparison, from nothing. It cannot be undone.
          </p>
          <div className="flex justify-end gap-2">
            <button type="button" className="button button-quiet" onClick={close}>
              Go on with it
            </button>
            <button
              ref={button}
              type="button"
              className="button button-strong"
              disabled={end.isPending}
              onClick={() => end.mutate()}
            >
              {end.isPending ? 'Ending…' : 'End it'}
            </button>
          </div>
          {end.error && (
            <p role="alert" className="note note-error mt-3">
              {end.error.message}
            </p>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
