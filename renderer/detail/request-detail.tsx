import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useRef } from 'react'
import { QueueButton } from '../annotate/queue-button.tsx'
import { useKeys } from '../keys.ts'
import { live, useLive } from '../live/client.ts'
import { fromRow, type LiveRequest } from '../live/request.ts'
import { useOpenRequest } from '../location.ts'
import { Failure } from '../parts/failure.tsx'
import { requestQuery } from '../queries.ts'
import { AttemptList } from './attempt-list.tsx'
import { CacheSection } from './cache-section.tsx'
import { DetailHead } from './detail-head.tsx'
import { GuardSection } from './guard-section.tsx'
import { ScoreList } from './score-list.tsx'
import { TraceSection } from './trace-section.tsx'

/** The slide-over with everything about the request that the address names. The list beside it stays usable. */
export function RequestDetail() {
  const [openId, setOpen] = useOpenRequest()
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Dialog.Root
      open={openId !== null}
      onOpenChange={(open) => {
        if (!open) setOpen(null)
      }}
      modal={false}
      disablePointerDismissal
    >
      <Dialog.Portal>
        <Dialog.Popup className="slide-over" ref={popup} initialFocus={popup}>
          {openId !== null && <OpenRequest id={openId} close={() => setOpen(null)} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function OpenRequest({ id, close }: { id: string; close: () => void }) {
  const loaded = useLive((state) => state.loaded)
  const kept = useLive(() => live.find(id))
  const query = useQuery({ ...requestQuery(id), enabled: loaded && kept === null })
  const request = kept ?? (query.data ? fromRow(query.data) : null)

  useKeys([{ keys: ['Escape'], name: 'Close the request', group: 'Request', run: close, inFields: true }])
  return (
    <>
      <header className="flex h-(--head-height) flex-none items-center gap-2 border-b border-line pr-3 pl-5">
        <Dialog.Title className="text-base font-semibold">Request</Dialog.Title>
        <span className="ml-auto">
          <QueueButton request={id} />
        </span>
        <span className="flex items-center gap-1 text-xs text-ink-3" aria-hidden>
          <kbd className="key">
            <ChevronDown size={11} />J
          </kbd>
          <kbd className="key">
            <ChevronUp size={11} />K
          </kbd>
        </span>
        <Dialog.Close className="button button-quiet button-square" aria-label="Close">
          <X size={16} />
        </Dialog.Close>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-10">
        {request !== null && <RequestBody key={id} request={request} />}
        {request === null && query.error && (
          <Failure what="The request" error={query.error} retry={() => void query.refetch()} />
        )}
        {request === null && !query.error && <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>}
      </div>
    </>
  )
}

function RequestBody({ request }: { request: LiveRequest }) {
  return (
    <>
      <DetailHead request={request} />
      <GuardSection result={request.result} />
      <CacheSection result={request.result} />
      <AttemptList request={request} />
      <ScoreList scores={request.result?.scores ?? []} />
      <TraceSection request={request} />
    </>
  )
}
