import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import type { PairFilter } from '../api.ts'
import { formatPlural } from '../format.ts'
import { useKeys } from '../keys.ts'
import { Failure } from '../parts/failure.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { usePlace } from '../parts/use-place.ts'
import { blindOrder, type Choice, openOrder, voteOf } from './blind.ts'
import { PairItem, pairItemId } from './pair-item.tsx'
import { PairPane } from './pair-pane.tsx'
import { pairsQuery } from './queries.ts'
import { useVotes } from './use-votes.ts'
import { canVote } from './words.ts'

interface PairBrowserProps {
  experiment: ExperimentDetail
  filter: PairFilter
  blind: boolean
}

/** Rows that are left below the selected one when further ones are read. */
const AHEAD = 5

/** The list of pairs, and the one of them that is read. */
export function PairBrowser({ experiment, filter, blind }: PairBrowserProps) {
  const pages = useInfiniteQuery(pairsQuery(experiment.id, filter))
  const { data, error, refetch } = pages
  const rows = data?.pages.flatMap((page) => page.data) ?? []
  const { place, setPlace, moveTo, selected } = usePlace(rows, ({ id }) => pairItemId(id))
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set())
  const [plain, setPlain] = useState(false)
  const pane = useRef<HTMLElement>(null)
  const votes = useVotes(experiment.id)
  /** As many requests as were drawn when the list was read. */
  const [drawn, setDrawn] = useState(experiment.drawn)

  const isOpen = selected !== undefined && (!blind || revealed.has(selected.id))
  const order = selected && blind ? blindOrder(selected.id) : openOrder()
  const choose = (choice: Choice) => {
    if (selected && canVote(selected)) votes.cast(selected, voteOf(choice, order))
  }
  const goTo = (target: number) => {
    const next = moveTo(target)
    pane.current?.scrollTo({ top: 0 })
    if (next >= rows.length - AHEAD && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  }
  const reveal = () => {
    if (!selected || !blind) return
    const next = new Set(revealed)
    if (!next.delete(selected.id)) next.add(selected.id)
    setRevealed(next)
  }
  const scroll = (screens: number) => pane.current?.scrollBy({ top: screens * pane.current.clientHeight })
  useKeys([
    { keys: ['j', 'ArrowDown'], name: 'Next pair', group: 'Compare', run: () => goTo(place + 1) },
    { keys: ['k', 'ArrowUp'], name: 'Previous pair', group: 'Compare', run: () => goTo(place - 1) },
    { keys: ['1'], name: 'A is better; again to take it back', group: 'Compare', run: () => choose('a') },
    { keys: ['2'], name: 'B is better; again to take it back', group: 'Compare', run: () => choose('b') },
    { keys: ['0'], name: 'Neither is better; again to take it back', group: 'Compare', run: () => choose('tie') },
    { keys: ['r'], name: 'Reveal who is who', group: 'Compare', run: reveal },
    { keys: ['d'], name: 'Differences, or plain texts', group: 'Compare', run: () => setPlain(!plain) },
    { keys: ['PageDown', ' '], name: 'Scroll the pair down', group: 'Compare', run: () => scroll(0.8) },
    { keys: ['PageUp'], name: 'Scroll the pair up', group: 'Compare', run: () => scroll(-0.8) },
  ])

  if (error && !data) return <Failure what="The pairs" error={error} retry={() => void refetch()} />
  if (!data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  const newer = experiment.drawn - drawn
  const readAgain = () => {
    setDrawn(experiment.drawn)
    setPlace(0)
    void refetch()
  }
  return (
    <div className="pair-browser">
      <div className="pair-side">
        {newer > 0 && (
          <button type="button" className="pair-newer" onClick={readAgain}>
            {formatPlural(newer, 'newer request')}: show
          </button>
        )}
        {rows.length === 0 && <p className="px-5 py-4 text-sm text-ink-3">No such pair.</p>}
        <ul aria-label="Pairs">
          {rows.map((row, index) => (
            <PairItem
              key={row.id}
              row={row}
              voted={votes.of(row) !== null}
              selected={row === selected}
              select={() => setPlace(index)}
            />
          ))}
        </ul>
        <LoadMore query={pages} />
      </div>
      {selected && (
        <PairPane
          key={selected.id}
          pane={pane}
          pair={selected}
          order={order}
          isOpen={isOpen}
          reveal={blind ? reveal : null}
          plain={plain}
          setPlain={setPlain}
          vote={votes.of(selected)}
          choose={choose}
          problem={votes.problem}
        />
      )}
    </div>
  )
}
