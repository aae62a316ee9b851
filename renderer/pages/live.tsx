import { Activity, Pause, Play } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { formatCount } from '../format.ts'
import { useKeys } from '../keys.ts'
import { live, useLive } from '../live/client.ts'
import { parseFilter } from '../live/filter.ts'
import { useFilterText } from '../location.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Failure } from '../parts/failure.tsx'
import { FilterField } from '../parts/filter-field.tsx'
import { LiveList } from '../parts/live-list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import type { Page } from './page.ts'

export const livePage: Page = { path: '/live', name: 'Live', icon: Activity, key: 'l', component: Live }

/** Every request as it happens. */
function Live() {
  const rows = useLive((state) => state.rows)
  const loaded = useLive((state) => state.loaded)
  const failure = useLive((state) => state.failure)
  const [text, setText] = useAddressedFilter()
  const filter = useMemo(() => parseFilter(text), [text])
  const shown = useDeferredValue(useMemo(() => (filter.empty ? rows : rows.filter(filter.matches)), [rows, filter]))
  const empty = loaded && rows.length === 0

  return (
    <>
      <PageHead title="Live">
        <span className="text-sm whitespace-nowrap text-ink-3">
          {filter.empty ? formatCount(rows.length) : `${formatCount(shown.length)} of ${formatCount(rows.length)}`}
        </span>
        <FilterField text={text} setText={setText} unknown={filter.unknown} />
        <PauseButton />
      </PageHead>
      {failure && <Failure what="The list of requests" error={failure} retry={() => void live.reload()} />}
      {empty && <EmptyState />}
      {!empty && <LiveList rows={shown} filtered={!filter.empty} />}
    </>
  )
}

function PauseButton() {
  const paused = useLive((state) => state.paused)
  const waiting = useLive((state) => state.waiting)
  const toggle = () => live.setPaused(!paused)
  useKeys([{ keys: [' '], name: 'Pause or resume', group: 'Live', run: toggle }])
  const Icon = paused ? Play : Pause
  return (
    <button type="button" className={`button ${paused ? 'button-strong' : ''}`} aria-pressed={paused} onClick={toggle}>
      <Icon size={13} aria-hidden />
      {paused ? 'Resume' : 'Pause'}
      {paused && <span className="border-l border-line-strong pl-1.5">{formatCount(waiting)} new</span>}
    </button>
  )
}

/** What is typed counts at once; the address follows when the typing pauses, since browsers ration its changes. */
function useAddressedFilter(): [string, (text: string) => void] {
  const [addressed, setAddressed] = useFilterText()
  const [text, setText] = useState(addressed)
  useEffect(() => {
    if (text === addressed) return
    const timer = setTimeout(() => setAddressed(text), 400)
    return () => clearTimeout(timer)
  }, [text, addressed, setAddressed])
  return [text, setText]
}
