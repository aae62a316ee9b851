import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { formatPlural } from '../format.ts'
import { useLive } from '../live/client.ts'
import type { Connection } from '../live/store.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Mark } from '../parts/outcome.tsx'
import { ProviderDot } from '../parts/provider-status.tsx'
import { askWhoIsSignedIn, configQuery, providersQuery, queryClient, sessionQuery } from '../queries.ts'

const words: Record<Connection, { text: string; tone: string }> = {
  connecting: { text: 'Connecting', tone: 'bg-ink-3' },
  open: { text: 'Live', tone: 'bg-ok' },
  lost: { text: 'Connection lost, reconnecting', tone: 'bg-error' },
}

/** One line that is always there: is the gateway reachable, where, with which config, and how its providers are. */
export function StatusStrip() {
  const session = useQuery(sessionQuery).data
  const config = useQuery(configQuery).data
  const change = useLive((state) => state.configChange)
  useEffect(() => {
    if (change === null) return
    void queryClient.invalidateQueries({ queryKey: configQuery.queryKey })
    void askWhoIsSignedIn()
  }, [change])

  const revision = config?.revision ?? session?.revision
  return (
    <footer className="col-span-2 flex min-w-0 items-center gap-5 border-t border-line bg-surface px-4 text-xs whitespace-nowrap text-ink-2">
      <ConnectionState />
      {session && (
        <span className="group flex items-center font-mono">
          {session.address}
          <CopyButton text={session.address} label="the address" />
        </span>
      )}
      {revision && (
        <span title={revision}>
          <span className="text-ink-3">revision</span> <code className="font-mono">{revision.slice(0, 8)}</code>
        </span>
      )}
      <RejectedConfig />
      <ProviderDots />
      {session?.role === 'viewer' && (
        <Mark tone="running" title="You may read, and change nothing">
          viewer
        </Mark>
      )}
      {session && <span className="text-ink-3 max-[900px]:hidden">v{session.version}</span>}
    </footer>
  )
}

function ConnectionState() {
  const connection = useLive((state) => state.connection)
  const paused = useLive((state) => state.paused)
  const waiting = useLive((state) => state.waiting)
  const { text, tone } = words[connection]
  return (
    <span role="status" className="flex items-center gap-2">
      <span className={`size-[7px] rounded-full ${paused && connection === 'open' ? 'bg-fallback' : tone}`} />
      {paused && connection === 'open' ? `Paused, ${waiting} new` : text}
    </span>
  )
}

function RejectedConfig() {
  const config = useQuery(configQuery).data
  const problem = config?.rejected?.problems[0]
  if (!config?.rejected) return null
  const more = config.rejected.problems.length - 1
  return (
    <span role="alert" className="flex min-w-0 items-center gap-1.5 text-error">
      <TriangleAlert size={13} className="flex-none" aria-hidden />
      <span className="truncate" title={problem && `${problem.path}: ${problem.message} ${problem.suggestion ?? ''}`}>
        Config edit refused
        {problem && `: line ${problem.line}: ${problem.message}`}
        {more > 0 && ` (and ${formatPlural(more, 'more problem')})`}; still running {config.revision.slice(0, 8)}
      </span>
    </span>
  )
}

function ProviderDots() {
  const providers = useQuery(providersQuery).data?.data ?? []
  return (
    <span className="ml-auto flex items-center gap-3.5 overflow-hidden">
      {providers.map((provider) => (
        <span
          key={provider.id}
          className="flex items-center gap-1.5"
          title={`${provider.id}: ${provider.status}. ${provider.detail ?? ''}`}
        >
          <ProviderDot status={provider.status} />
          <span className="max-[1100px]:sr-only">{provider.id}</span>
        </span>
      ))}
    </span>
  )
}
