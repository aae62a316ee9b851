import { useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import type { ProbeResult, ProviderRow } from '../../server/http/admin/schemas.ts'
import { formatAgo, formatDuration, formatMoment, formatPlural } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { SectionHead } from '../parts/section-head.tsx'
import { modelsQuery } from '../queries.ts'
import { ModelTable } from './model-table.tsx'

/** The models of a provider, asked of it when the button is pressed and kept until it is pressed again. */
export function ModelSection({ provider, now }: { provider: ProviderRow; now: number }) {
  const models = useQuery(modelsQuery(provider.id))
  const asked = models.data !== undefined
  const list = () => void models.refetch()
  return (
    <section aria-label="Models">
      <SectionHead title="Models">
        <span className="flex items-center gap-3">
          {models.data && <Checked result={models.data} now={now} />}
          {provider.lists_models && (
            <button type="button" className="button" disabled={models.isFetching} onClick={list}>
              <RefreshCw size={12} aria-hidden />
              {models.isFetching ? 'Asking…' : asked ? 'Refresh' : 'List models'}
            </button>
          )}
        </span>
      </SectionHead>
      <div className="border-t border-line">
        {models.error && <Failure what="The models" error={models.error} retry={list} />}
        {models.data?.error && (
          <div className="px-5 pt-3">
            <p role="alert" className="note note-error break-words">
              {models.data.error}
            </p>
          </div>
        )}
        {models.data?.ok && <ModelTable provider={provider.id} result={models.data} />}
        {!asked && !models.error && <p className="px-5 pt-3 text-sm text-ink-3">{whatListingDoes(provider)}</p>}
      </div>
    </section>
  )
}

function Checked({ result, now }: { result: ProbeResult; now: number }) {
  return (
    <span role="status" className="text-xs text-ink-3" title={formatMoment(result.checked_at)}>
      {result.ok && `${formatPlural(result.models.length, 'model')} · `}
      {result.latency_ms !== null && `${formatDuration(result.latency_ms)} · `}
      checked {formatAgo(result.checked_at, now)}
    </span>
  )
}

function whatListingDoes(provider: ProviderRow): string {
  if (provider.synthetic) return 'Its models are made up: echo, lorem, json, tool, slow, and faults such as fail-429.'
  if (!provider.lists_models) return 'This kind of provider has no list of models to ask for.'
  return 'Listing asks the provider itself, with its credential, and costs nothing.'
}
