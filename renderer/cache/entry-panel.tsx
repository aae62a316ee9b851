import { useMutation, useQuery } from '@tanstack/react-query'
import { Eraser } from 'lucide-react'
import type { CacheEntryDetail, CachePurged } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { formatAgo, formatBytes, formatCost, formatCount, formatDuration, formatMoment } from '../format.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { CodeBlock } from '../parts/code-block.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { FactRow } from '../parts/fact.tsx'
import { Failure } from '../parts/failure.tsx'
import { RequestLink } from '../parts/request-link.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { cacheEntryQuery } from '../queries.ts'

interface EntryPanelProps {
  entryKey: string
  close: () => void
  purged: (what: string, removed: CachePurged) => void
}

/** One kept reply with everything that is known of it. */
export function EntryPanel({ entryKey, close, purged }: EntryPanelProps) {
  const entry = useQuery(cacheEntryQuery(entryKey))
  const purge = useMutation({
    mutationFn: () => api.purgeCache({ key: entryKey }),
    onSuccess: (removed) => purged('this reply', removed),
  })
  return (
    <SidePanel
      title={
        <>
          <span className="flex-1">Kept reply</span>
          <button type="button" className="button" disabled={purge.isPending} onClick={() => purge.mutate()}>
            <Eraser size={13} aria-hidden />
            Forget it
          </button>
        </>
      }
      close={close}
    >
      {entry.error && <Failure what="The entry" error={entry.error} retry={() => void entry.refetch()} />}
      {entry.isPending && <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>}
      {purge.error && (
        <p role="alert" className="note note-error mx-5 mt-3">
          {purge.error.message}
        </p>
      )}
      {entry.data && <Entry entry={entry.data} now={entry.dataUpdatedAt} />}
    </SidePanel>
  )
}

function Entry({ entry, now }: { entry: CacheEntryDetail; now: number }) {
  const { question, reply, events } = entry
  return (
    <>
      <section className="border-b border-line px-5 py-4">
        {question !== null && (
          <>
            <h3 className="label">Question</h3>
            <p className="answer mb-3">{question}</p>
          </>
        )}
        <h3 className="label flex items-center gap-1">
          Reply
          {reply !== '' && <CopyButton text={reply} label="the reply" />}
        </h3>
        {reply === '' ? (
          <p className="text-sm text-ink-3">It has no text; its events are below.</p>
        ) : (
          <p className="answer">{reply}</p>
        )}
      </section>
      <Facts entry={entry} now={now} />
      <details className="px-5 py-4">
        <summary className="text-sm text-ink-2">
          All of the reply, as the gateway keeps it: {formatCount(events.length)} events
        </summary>
        <div className="mt-2">
          <CodeBlock text={events.map((event) => JSON.stringify(event)).join('\n')} label="the events" />
        </div>
      </details>
    </>
  )
}

function Facts({ entry, now }: { entry: CacheEntryDetail; now: number }) {
  const old = Date.parse(entry.fresh_until) < now
  return (
    <dl className="grid grid-cols-[120px_minmax(0,1fr)] gap-x-4 gap-y-1.5 border-b border-line px-5 py-4 text-sm">
      <FactRow name="Shared by">
        {[entry.tenant, entry.partition, entry.namespace].filter((part) => part !== null).join(' / ')}{' '}
        <span className="text-ink-3">on route {entry.route}</span>
      </FactRow>
      <FactRow name="Made by">
        <span className="flex items-center gap-1.5">
          <Swatch provider={entry.provider} /> {entry.provider} {entry.model}
        </span>
      </FactRow>
      <FactRow name="Answered first">
        <RequestLink id={entry.request_id} label={entry.request_id} />
      </FactRow>
      <FactRow name="Age">
        {formatAgo(entry.created_at, now)} <span className="text-ink-3">{formatMoment(entry.created_at)}</span>
      </FactRow>
      <FactRow name="Lifetime">
        <span className={old ? 'text-fallback' : ''}>
          {old ? 'over since ' : 'until '}
          {formatMoment(entry.fresh_until)}
        </span>
        {entry.kept_until !== entry.fresh_until && (
          <span className="text-ink-3">, kept until {formatMoment(entry.kept_until)}</span>
        )}
      </FactRow>
      <FactRow name="Hits">
        {formatCount(entry.hits)}
        {entry.last_hit_at !== null && (
          <span className="text-ink-3">, the last {formatAgo(entry.last_hit_at, now)}</span>
        )}
      </FactRow>
      <FactRow name="Saved">
        {entry.saved_usd !== null && `${formatCost(entry.saved_usd)} and `}
        {formatDuration(entry.saved_ms)}
        <span className="text-ink-3">
          {' '}
          · to make it took {entry.cost_usd !== null && `${formatCost(entry.cost_usd)} and `}
          {formatDuration(entry.duration_ms)}
        </span>
      </FactRow>
      <FactRow name="Size">
        {formatBytes(entry.bytes)} <span className="text-ink-3">{formatCount(entry.output_tokens)} tokens</span>
      </FactRow>
      <FactRow name="Key">
        <code className="font-mono text-xs break-all">{entry.key}</code> <CopyButton text={entry.key} label="the key" />
      </FactRow>
    </dl>
  )
}
