import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Failure } from '../parts/failure.tsx'
import { useIsViewer } from '../role.ts'
import { type AnnotationFilter, annotationApi, annotationCountsQuery } from './annotation-api.ts'
import { FilterBar } from './filter-bar.tsx'
import { useLabeller } from './labeller.ts'
import { LabellerForm } from './labeller-form.tsx'
import { useAnnotateAddress } from './page-address.ts'
import { QueueBrowser } from './queue-browser.tsx'

/** The queue, for one person to go through. */
export function QueueView() {
  const name = useLabeller()
  const isViewer = useIsViewer()
  if (name === null && !isViewer) return <LabellerForm />
  return <Queue me={name ?? ''} />
}

function Queue({ me }: { me: string }) {
  const { view, route, reason, add } = useAnnotateAddress()
  const counts = useQuery(annotationCountsQuery)
  const filter: AnnotationFilter = { ...view.narrow(me), route, reason }
  if (counts.error && !counts.data)
    return <Failure what="The queue" error={counts.error} retry={() => void counts.refetch()} />
  if (add !== null) return <Adding me={me} request={add} />
  return (
    <div className="pair-view">
      <FilterBar counts={counts.data?.counts ?? null} refused={counts.data?.refused ?? 0} />
      <QueueBrowser key={JSON.stringify(filter)} filter={filter} me={me} counts={counts.data?.counts ?? null} />
    </div>
  )
}

/** Puts a request into the queue, and opens it there. */
function Adding({ me, request }: { me: string; request: string }) {
  const { change } = useAnnotateAddress()
  const { mutate, error, reset } = useMutation({
    mutationFn: annotationApi.add,
    onSuccess: ({ id }) => change({ add: null, item: String(id) }),
  })
  const asked = useRef<string | null>(null)
  useEffect(() => {
    if (asked.current === request) return
    asked.current = request
    mutate({ as: me, request_id: request })
  }, [me, request, mutate])
  if (error === null) return <p className="px-5 py-6 text-sm text-ink-3">Putting {request} into the queue…</p>
  const retry = () => {
    reset()
    mutate({ as: me, request_id: request })
  }
  return (
    <>
      <Failure what={`The request ${request}`} error={error} retry={retry} />
      <button type="button" className="button mx-5" onClick={() => change({ add: null })}>
        Back to the queue
      </button>
    </>
  )
}
