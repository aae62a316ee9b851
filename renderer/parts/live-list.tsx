import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { live, useLive } from '../live/client.ts'
import type { LiveRequest } from '../live/request.ts'
import { RequestHead, RequestRow, rowId } from './request-row.tsx'
import { useRequestSelection } from './request-selection.ts'

const rowHeight = 34

interface LiveListProps {
  /** Newest first. */
  rows: readonly LiveRequest[]
  /** A filtered list does not load older requests by itself: there might be none that match. */
  filtered: boolean
}

/** The virtualised list of the Live page. Scrolled away from the top, it stays on the rows being read. */
export function LiveList({ rows, filtered }: LiveListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (position) => rows[position]?.id ?? position,
    overscan: 12,
  })
  const { selected, open } = useRequestSelection(rows, (position) => virtualizer.scrollToIndex(position))
  useReadingPosition(scroller, rows)

  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (!filtered && rows.length > 0 && last >= rows.length - 20) void live.loadOlder()
  }, [filtered, last, rows.length])

  return (
    <div className="requests flex min-h-0 flex-1 flex-col">
      <div className="requests-inner flex min-h-0 flex-1 flex-col">
        <RequestHead />
        <div
          ref={scroller}
          role="listbox"
          aria-label="Requests, newest first"
          aria-activedescendant={selected === null ? undefined : rowId(selected)}
          tabIndex={0}
          className="min-h-0 flex-1 overflow-y-auto -outline-offset-2 [overflow-anchor:none]"
        >
          <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const request = rows[item.index]
              if (request === undefined) return null
              return (
                <RequestRow
                  key={item.key}
                  request={request}
                  selected={request.id === selected}
                  onOpen={open}
                  top={item.start}
                />
              )
            })}
          </div>
          <ListEnd filtered={filtered} shown={rows.length} />
        </div>
      </div>
    </div>
  )
}

function ListEnd({ filtered, shown }: { filtered: boolean; shown: number }) {
  const older = useLive((state) => state.cursor !== null)
  const loading = useLive((state) => state.loadingOlder)
  const loaded = useLive((state) => state.loaded)
  return (
    <div className="flex h-12 items-center gap-4 px-5 text-sm text-ink-3">
      {loaded && filtered && shown === 0 && 'No request here matches the filter.'}
      {loading && 'Loading older requests…'}
      {filtered && older && !loading && (
        <button type="button" className="button" onClick={() => void live.loadOlder()}>
          Search older requests
        </button>
      )}
    </div>
  )
}

/** Keeps what is in view in its place when rows arrive above it; at the very top, the newest come into view. */
function useReadingPosition(scroller: { current: HTMLDivElement | null }, rows: readonly LiveRequest[]): void {
  const previous = useRef(rows)
  useLayoutEffect(() => {
    const before = previous.current
    previous.current = rows
    const element = scroller.current
    if (element === null || element.scrollTop === 0) return
    const position = Math.floor(element.scrollTop / rowHeight)
    const anchor = before[position]?.id
    const moved = rows.findIndex((row) => row.id === anchor)
    if (moved > position) element.scrollTop += (moved - position) * rowHeight
  }, [scroller, rows])
}
