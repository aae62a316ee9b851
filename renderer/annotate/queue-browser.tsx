import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '../keys.ts'
import { Failure } from '../parts/failure.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { useIsViewer } from '../role.ts'
import { type AnnotationFilter, annotationsQuery } from './annotation-api.ts'
import { ItemPane } from './item-pane.tsx'
import { useBlind } from './labeller.ts'
import { NothingQueued } from './nothing-queued.tsx'
import { useAnnotateAddress } from './page-address.ts'
import { type Done, QueueItem, queueItemId } from './queue-item.tsx'
import type { Counts } from './shapes.ts'

interface QueueBrowserProps {
  filter: AnnotationFilter
  /** Name of whoever labels. */
  me: string
  counts: Counts | null
}

/** Rows that are left below the selected one when further ones are read. */
const AHEAD = 5

/** The list of items, and the one of them that is labelled. */
export function QueueBrowser({ filter, me, counts }: QueueBrowserProps) {
  const pages = useInfiniteQuery(annotationsQuery(filter))
  const { data, error, refetch } = pages
  const rows = data?.pages.flatMap((page) => page.data) ?? []
  const { item, change } = useAnnotateAddress()
  const isViewer = useIsViewer()
  const blind = useBlind()
  const pane = useRef<HTMLElement>(null)
  /** What was done just now: such a row stays until the list is read again. */
  const [done, setDone] = useState<ReadonlyMap<number, Done>>(new Map())

  const open = item ?? rows[0]?.id ?? null
  const place = rows.findIndex(({ id }) => id === open)
  const isListed = place >= 0
  // One that the address names may stand far below.
  useEffect(() => {
    if (isListed) document.getElementById(queueItemId(open!))?.scrollIntoView({ block: 'nearest' })
  }, [isListed, open])
  const goTo = (target: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, target))]
    if (!next) return
    change({ item: String(next.id) })
    pane.current?.scrollTo({ top: 0 })
    if (target >= rows.length - AHEAD && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  }
  const readAgain = () => {
    setDone(new Map())
    change({ item: null })
    void refetch()
  }
  const finish = (id: number, what: Done) => {
    const all = new Map(done).set(id, what)
    setDone(all)
    const next = rows.findIndex((row, index) => index > place && !all.has(row.id))
    if (next >= 0) goTo(next)
    else readAgain()
  }
  const note = (id: number, what: Done) =>
    setDone((before) => (before.has(id) ? new Map(before).set(id, what) : before))
  const scroll = (screens: number) => pane.current?.scrollBy({ top: screens * pane.current.clientHeight })
  useKeys([
    { keys: ['j'], name: 'Next item', group: 'Annotate', run: () => goTo(place + 1) },
    { keys: ['k'], name: 'Previous item', group: 'Annotate', run: () => goTo(place - 1) },
    { keys: ['u'], name: 'Read the list again', group: 'Annotate', run: readAgain },
    { keys: ['PageDown'], name: 'Scroll the item down', group: 'Annotate', run: () => scroll(0.8) },
    { keys: ['PageUp'], name: 'Scroll the item up', group: 'Annotate', run: () => scroll(-0.8) },
  ])

  if (error && !data) return <Failure what="The queue" error={error} retry={() => void refetch()} />
  if (!data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  if (open === null) return <NothingQueued counts={counts} readAgain={readAgain} />
  return (
    <div className="pair-browser">
      <div className="pair-side">
        <ul aria-label="Items">
          {rows.map((row) => (
            <QueueItem
              key={row.id}
              row={row}
              me={me}
              done={done.get(row.id) ?? null}
              blind={blind}
              selected={row.id === open}
              select={() => change({ item: String(row.id) })}
            />
          ))}
        </ul>
        {rows.length === 0 && <p className="px-5 py-4 text-sm text-ink-3">Nothing else is listed.</p>}
        <LoadMore query={pages} />
      </div>
      {isViewer ? (
        <p className="px-5 py-6 text-sm text-ink-2">You are signed in as a viewer, to whom no texts are shown.</p>
      ) : (
        <ItemPane key={`${open} ${me}`} pane={pane} id={open} me={me} finish={finish} note={note} />
      )}
    </div>
  )
}
