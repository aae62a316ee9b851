import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Eraser } from 'lucide-react'
import { useRef, useState } from 'react'
import type { CachePurged } from '../../server/http/admin/schemas.ts'
import type { EntryFilter } from '../api.ts'
import { formatBytes } from '../format.ts'
import { useKeys } from '../keys.ts'
import { Failure } from '../parts/failure.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { useSettled } from '../parts/use-settled.ts'
import { cacheEntriesQuery, readCacheAgain } from '../queries.ts'
import { EntryPanel } from './entry-panel.tsx'
import { EntryTable } from './entry-table.tsx'
import { OwnerChoice } from './owner-choice.tsx'
import { useCacheAddress } from './page-address.ts'
import { PurgeDialog } from './purge-dialog.tsx'
import { formatReplies } from './words.ts'

const orders: readonly { order: EntryFilter['order']; name: string }[] = [
  { order: 'newest', name: 'Newest first' },
  { order: 'hits', name: 'Most hits first' },
  { order: 'saved', name: 'Most saved first' },
  { order: 'size', name: 'Largest first' },
]

/** What is kept, to be looked at and forgotten. */
export function Browse() {
  const { route, tenant, entry, change } = useCacheAddress()
  const [text, setText] = useState('')
  const [order, setOrder] = useState<EntryFilter['order']>('newest')
  const [purging, setPurging] = useState(false)
  const [purged, setPurged] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const filter: EntryFilter = { route, tenant, text: useSettled(text.trim()) || null, order }
  const entries = useInfiniteQuery({ ...cacheEntriesQuery(filter), placeholderData: keepPreviousData })
  const rows = entries.data?.pages.flatMap((page) => page.data) ?? []
  const place = rows.findIndex(({ key }) => key === entry)
  const show = (at: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, at))]
    if (row) change({ entry: row.key })
  }
  useKeys([
    { keys: ['/'], name: 'Search questions', group: 'Cache', run: () => field.current?.focus() },
    { keys: ['j', 'ArrowDown'], name: 'Next entry', group: 'Cache', run: () => show(place + 1) },
    { keys: ['k', 'ArrowUp'], name: 'Previous entry', group: 'Cache', run: () => show(place - 1) },
  ])
  const done = (what: string, { entries: count, bytes }: CachePurged) => {
    setPurging(false)
    change({ entry: null })
    setPurged(`Forgot ${what}: ${formatReplies(count)}, ${formatBytes(bytes)}.`)
    readCacheAgain()
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-2.5 text-sm">
        <input
          ref={field}
          type="search"
          className="field w-64 max-w-full"
          placeholder="Words of the question"
          aria-label="Search questions"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <OwnerChoice route={route} tenant={tenant} change={change} />
        <select
          className="field"
          aria-label="Order"
          value={order}
          onChange={(event) => setOrder(event.target.value as EntryFilter['order'])}
        >
          {orders.map((each) => (
            <option key={each.order} value={each.order}>
              {each.name}
            </option>
          ))}
        </select>
        <button type="button" className="button ml-auto" onClick={() => setPurging(true)}>
          <Eraser size={13} aria-hidden />
          Purge…
        </button>
      </div>
      <p role="status" className="note note-ok mx-5 mt-3 empty:hidden">
        {purged}
      </p>
      {entries.error && <Failure what="The entries" error={entries.error} retry={() => void entries.refetch()} />}
      {entries.isPending && <p className="px-5 py-3 text-sm text-ink-3">Loading…</p>}
      {entries.data && rows.length === 0 && <Nothing narrowed={Boolean(route || tenant || filter.text)} />}
      {rows.length > 0 && (
        <EntryTable rows={rows} selected={entry} open={(key) => change({ entry: key })} now={entries.dataUpdatedAt} />
      )}
      <LoadMore query={entries} label="Load more" />
      {entry !== null && <EntryPanel entryKey={entry} close={() => change({ entry: null })} purged={done} />}
      {purging && <PurgeDialog route={route} tenant={tenant} close={() => setPurging(false)} purged={done} />}
    </>
  )
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  return (
    <p className="px-5 py-6 text-sm text-ink-3">
      {narrowed
        ? 'No kept reply is like that.'
        : 'Nothing is kept yet. Replies of routes that cache appear here as they are made.'}
    </p>
  )
}
