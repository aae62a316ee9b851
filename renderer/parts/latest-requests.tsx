import { useMemo } from 'react'
import { Link } from 'wouter'
import { useLive } from '../live/client.ts'
import { RequestHead, RequestRow, rowId } from './request-row.tsx'
import { useRequestSelection } from './request-selection.ts'
import { SectionHead } from './section-head.tsx'

const length = 12

/** The newest requests, in the same rows as the Live page has. */
export function LatestRequests() {
  const rows = useLive((state) => state.rows)
  const latest = useMemo(() => rows.slice(0, length), [rows])
  const { selected, open } = useRequestSelection(latest)
  return (
    <section className="requests">
      <SectionHead title="Latest requests">
        <Link href="/live" className="text-xs text-ink-2 hover:text-ink hover:underline">
          All in Live
        </Link>
      </SectionHead>
      <div className="requests-inner">
        <RequestHead />
        <div
          role="listbox"
          aria-label="Latest requests"
          aria-activedescendant={selected === null ? undefined : rowId(selected)}
          tabIndex={0}
          className="-outline-offset-2"
        >
          {latest.map((request) => (
            <RequestRow key={request.id} request={request} selected={request.id === selected} onOpen={open} />
          ))}
        </div>
      </div>
    </section>
  )
}
