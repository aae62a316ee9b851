import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import type { ProviderRow } from '../../server/http/admin/schemas.ts'
import { formatAgo, formatCount, formatDuration, formatMoment, formatPlural } from '../format.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { FactRow } from '../parts/fact.tsx'
import { Mark } from '../parts/outcome.tsx'
import { ProviderWord } from '../parts/provider-status.tsx'
import { SectionHead } from '../parts/section-head.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { configQuery, modelsQuery } from '../queries.ts'
import { useIsViewer } from '../role.ts'
import { DialectChips, ResidencyBadge } from './badges.tsx'
import { ModelSection } from './model-section.tsx'
import { RouteSnippet } from './route-snippet.tsx'

/** Everything about one provider: how it is, what it has, and where it is used. */
export function ProviderPanel({ provider, now, close }: { provider: ProviderRow; now: number; close: () => void }) {
  const models = useQuery(modelsQuery(provider.id)).data?.models ?? []
  // Asking a provider for its models is a call to it.
  const isViewer = useIsViewer()
  return (
    <SidePanel title={<PanelTitle provider={provider} />} close={close}>
      <Facts provider={provider} now={now} />
      {!isViewer && <ModelSection provider={provider} now={now} />}
      <SectionHead title="Use it in a route" />
      <div className="border-t border-line px-5 pt-3">
        <RouteSnippet provider={provider.id} model={models[0]?.id ?? null} />
      </div>
    </SidePanel>
  )
}

function PanelTitle({ provider }: { provider: ProviderRow }) {
  return (
    <>
      <Swatch provider={provider.id} />
      <span className="truncate">{provider.id}</span>
      <span className="truncate font-normal text-ink-3">{provider.label}</span>
      {provider.synthetic && <Mark tone="synthetic">synthetic</Mark>}
    </>
  )
}

function Facts({ provider, now }: { provider: ProviderRow; now: number }) {
  const { last_error, last_ok, attempts, errors, truncated } = provider
  const routes = useQuery(configQuery).data?.routes ?? []
  const uses = routes.filter(({ targets }) => targets.some((target) => target.provider === provider.id))
  return (
    <dl className="grid grid-cols-[140px_minmax(0,1fr)] gap-x-4 gap-y-1.5 border-b border-line px-5 py-4 text-sm">
      <FactRow name="Health">
        <ProviderWord status={provider.status} />
        {provider.detail && <p className="mt-0.5 break-words text-ink-2">{provider.detail}</p>}
      </FactRow>
      <FactRow name="Last 5 minutes">
        {formatPlural(attempts, 'attempt')}
        {errors > 0 && <span className="text-error">, {formatCount(errors)} failed</span>}
        {attempts > 0 && (
          <span className="text-ink-2">
            {' '}
            · p50 {formatDuration(provider.p50_ms)} · first token {formatDuration(provider.ttft_p50_ms)}
          </span>
        )}
      </FactRow>
      {last_ok && (
        <FactRow name="Last success">
          <span title={formatMoment(last_ok)}>{formatAgo(last_ok, now)}</span>
        </FactRow>
      )}
      {last_error && (
        <FactRow name="Last error">
          <span title={formatMoment(last_error.ts)}>{formatAgo(last_error.ts, now)}</span>
          {!provider.detail?.includes(last_error.message) && (
            <p className="mt-0.5 break-words text-ink-2">{last_error.message}</p>
          )}
        </FactRow>
      )}
      {truncated > 0 && (
        <FactRow name="Truncated prompts">
          <span className="text-fallback">{formatCount(truncated)}</span>
          <p className="mt-0.5 text-ink-2">
            It counted far fewer prompt tokens than were sent, so that it seems to have cut them. A larger context
            window helps: <code className="font-mono">num_ctx</code> for Ollama, a start option for other servers.
          </p>
        </FactRow>
      )}
      <FactRow name="Address">
        <code className="font-mono text-xs break-all">{provider.base_url ?? 'inside this process'}</code>
      </FactRow>
      <FactRow name="Residency">
        <ResidencyBadge residency={provider.synthetic ? 'local' : provider.residency} />
      </FactRow>
      <FactRow name="Dialects">
        <DialectChips dialects={provider.dialects} />
      </FactRow>
      <FactRow name="Used by">
        {uses.length === 0 ? <span className="text-ink-3">no route yet</span> : uses.map(({ name }) => name).join(', ')}
      </FactRow>
      <Docs docs={provider.docs} />
    </dl>
  )
}

function Docs({ docs }: { docs: string }) {
  if (!docs.startsWith('https://')) return null
  return (
    <FactRow name="Documentation">
      <a
        href={docs}
        target="_blank"
        rel="noreferrer"
        className="inline-flex items-center gap-1 text-ink-2 hover:underline"
      >
        {new URL(docs).hostname}
        <ExternalLink size={11} aria-hidden />
      </a>
    </FactRow>
  )
}
