import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { formatCount } from '../format.ts'
import { useKeys } from '../keys.ts'
import { NameChoice } from '../parts/name-choice.tsx'
import { routesQuery } from '../queries.ts'
import { setBlind, useBlind } from './labeller.ts'
import { useAnnotateAddress } from './page-address.ts'
import type { Counts, Reason } from './shapes.ts'
import { reasonWords, views } from './words.ts'

interface FilterBarProps {
  counts: Counts | null
  /** What had no room in the queue. */
  refused: number
}

/** Which items are listed, and whether scores are shown with them. `/` goes to it. */
export function FilterBar({ counts, refused }: FilterBarProps) {
  const { view, route, reason, change } = useAnnotateAddress()
  const routes = useQuery(routesQuery)
  const blind = useBlind()
  const first = useRef<HTMLSelectElement>(null)
  useKeys([
    { keys: ['/'], name: 'Filter', group: 'Annotate', run: () => first.current?.focus() },
    { keys: ['b'], name: 'Blind, or scores shown', group: 'Annotate', run: () => setBlind(!blind) },
  ])
  return (
    <div className="flex flex-none flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2.5 text-sm">
      <select
        ref={first}
        className="field"
        aria-label="Which of the queue"
        value={view.id}
        onChange={(event) => change({ view: event.target.value, item: null })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur()
        }}
      >
        {views.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label="Reason"
        value={reason ?? ''}
        onChange={(event) => change({ reason: event.target.value || null, item: null })}
      >
        <option value="">Any reason</option>
        {(Object.keys(reasonWords) as Reason[]).map((each) => (
          <option key={each} value={each}>
            {reasonWords[each]}
          </option>
        ))}
      </select>
      <NameChoice
        name="Route"
        all="All routes"
        of={routes.data?.data.map(({ name }) => name) ?? []}
        chosen={route}
        choose={(next) => change({ route: next, item: null })}
      />
      {counts && (
        <span className="text-ink-3">
          {formatCount(counts.open)} open · {formatCount(counts.done)} done · {formatCount(counts.skipped)} skipped
        </span>
      )}
      {refused > 0 && (
        <span className="text-fallback" title="The queue was full; annotation.max_open in the config says of how many">
          {formatCount(refused)} more had no room
        </span>
      )}
      <label
        className="ml-auto flex items-center gap-1.5"
        title="Scores are hidden until you have labelled a reply: what a judge says would sway you"
      >
        <input type="checkbox" checked={blind} onChange={(event) => setBlind(event.target.checked)} />
        Blind <kbd className="key">B</kbd>
      </label>
    </div>
  )
}
