import { useQuery } from '@tanstack/react-query'
import type { LiveRequest } from '../live/request.ts'
import { Failure } from '../parts/failure.tsx'
import { traceQuery } from '../queries.ts'
import { WaterfallView } from './waterfall-view.tsx'

/** The waterfall of a finished request; a running one has no spans yet. */
export function TraceSection({ request }: { request: LiveRequest }) {
  const finished = request.result !== null
  const trace = useQuery({ ...traceQuery(request.traceId), enabled: finished })
  return (
    <section className="py-4">
      <h3 className="px-5 pb-1.5 text-base font-semibold">Waterfall</h3>
      {!finished && <p className="px-5 text-sm text-ink-3">Drawn when the request has ended.</p>}
      {trace.error && <Failure what="The trace" error={trace.error} retry={() => void trace.refetch()} />}
      {trace.isLoading && <p className="px-5 text-sm text-ink-3">Loading…</p>}
      {trace.data?.spans.length === 0 && <p className="px-5 text-sm text-ink-3">This trace has no spans.</p>}
      {trace.data && trace.data.spans.length > 0 && <WaterfallView spans={trace.data.spans} />}
    </section>
  )
}
