import { useQuery } from '@tanstack/react-query'
import type { ProviderRow } from '../../server/http/admin/schemas.ts'
import { formatAgo, formatDuration } from '../format.ts'
import { providersQuery } from '../queries.ts'
import { Swatch } from './attempt-chain.tsx'
import { Failure } from './failure.tsx'
import { Mark } from './outcome.tsx'
import { ProviderWord } from './provider-status.tsx'
import { SectionHead } from './section-head.tsx'

/** Every configured provider with how it is and, when it is not well, why. */
export function ProviderHealth() {
  const providers = useQuery(providersQuery)
  return (
    <section className="pb-4 min-[1151px]:border-l min-[1151px]:border-line">
      <SectionHead title="Providers">
        <span className="label">p50, last 5 minutes</span>
      </SectionHead>
      {providers.error && (
        <Failure what="The providers" error={providers.error} retry={() => void providers.refetch()} />
      )}
      <ul className="border-t border-line">
        {providers.data?.data.map((provider) => (
          <Provider key={provider.id} provider={provider} now={providers.dataUpdatedAt} />
        ))}
      </ul>
    </section>
  )
}

function Provider({ provider, now }: { provider: ProviderRow; now: number }) {
  const { last_error } = provider
  return (
    <li className="border-b border-line px-5 py-2 text-sm last:border-0">
      <div className="flex items-center gap-2">
        <Swatch provider={provider.id} />
        <span className="truncate font-medium">{provider.id}</span>
        <span className="truncate text-ink-3">{provider.kind}</span>
        {provider.synthetic && <Mark tone="synthetic">synthetic</Mark>}
        <span className="ml-auto">
          <ProviderWord status={provider.status} />
        </span>
        <span className="w-16 flex-none text-right text-ink-2">{formatDuration(provider.p50_ms)}</span>
      </div>
      {provider.detail && <p className="mt-0.5 pl-4 text-xs text-ink-2">{provider.detail}</p>}
      {last_error && (
        <p className="mt-0.5 truncate pl-4 text-xs text-ink-3" title={last_error.message}>
          last error {formatAgo(last_error.ts, now)}
          {!provider.detail?.includes(last_error.message) && `: ${last_error.message}`}
        </p>
      )}
    </li>
  )
}
