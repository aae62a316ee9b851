import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { LookUpFilter } from '../api.ts'
import { api } from '../api.ts'
import { useKeys } from '../keys.ts'
import { Failure } from '../parts/failure.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { usePlace } from '../parts/use-place.ts'
import { lookUpsQuery, readCacheAgain } from '../queries.ts'
import { LookUpItem, lookUpItemId } from './look-up-item.tsx'
import { OwnerChoice } from './owner-choice.tsx'
import { useCacheAddress } from './page-address.ts'

type Verdict = 'right' | 'wrong'

/** What can be looked at, the doubtful first. */
const kinds: readonly { name: string; outcome: LookUpFilter['outcome']; agreement: LookUpFilter['agreement'] }[] = [
  { name: 'Hits, served or compared', outcome: 'servable', agreement: null },
  { name: 'Compared: answers differ', outcome: 'check', agreement: 'different' },
  { name: 'Compared: unsure', outcome: 'check', agreement: 'unsure' },
  { name: 'Served from the cache', outcome: 'hit', agreement: null },
  { name: 'Kept apart by a guard', outcome: 'guarded', agreement: null },
  { name: 'Too far away', outcome: 'far', agreement: null },
]

/** Look-ups for a person to judge. */
export function ReviewList() {
  const { route, tenant, change } = useCacheAddress()
  const [kind, setKind] = useState(0)
  const [onlyOpen, setOnlyOpen] = useState(true)
  const { outcome, agreement } = kinds[kind]!
  const filter: LookUpFilter = { route, tenant, outcome, agreement, unreviewed: onlyOpen ? 'true' : null }
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-2.5 text-sm">
        <select
          className="field"
          aria-label="Which look-ups"
          value={kind}
          onChange={(event) => setKind(Number(event.target.value))}
        >
          {kinds.map(({ name }, index) => (
            <option key={name} value={index}>
              {name}
            </option>
          ))}
        </select>
        <OwnerChoice route={route} tenant={tenant} change={change} />
        <label className="flex items-center gap-1.5">
          <input type="checkbox" checked={onlyOpen} onChange={(event) => setOnlyOpen(event.target.checked)} />
          Only those nobody has judged
        </label>
      </div>
      <p className="max-w-200 px-5 py-3 text-sm text-ink-2">
        Would the kept answer have been right for what was asked?{' '}
        <strong className="font-medium text-ink">Right</strong> counts for the threshold.{' '}
        <strong className="font-medium text-ink">Wrong</strong> counts against it, forgets the kept reply, and keeps
        these two questions apart for good. Both can be changed later; what was forgotten is made anew when it is asked
        for.
      </p>
      <Items key={JSON.stringify(filter)} filter={filter} />
    </>
  )
}

function Items({ filter }: { filter: LookUpFilter }) {
  const pages = useInfiniteQuery(lookUpsQuery(filter))
  const { data, error, refetch } = pages
  const rows = data?.pages.flatMap((page) => page.data) ?? []
  const { place, setPlace, moveTo, selected } = usePlace(rows, ({ id }) => lookUpItemId(id))
  /** What was said just now: such a row stays until the list is read again. */
  const [said, setSaid] = useState<ReadonlyMap<number, Verdict>>(new Map())
  const review = useMutation({
    mutationFn: api.reviewLookUp,
    onSuccess: ({ id, verdict }) => {
      setSaid((before) => new Map(before).set(id, verdict))
      readCacheAgain()
    },
  })
  const goTo = (target: number) => {
    const next = moveTo(target)
    if (next >= rows.length - 5 && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  }
  const judge = (verdict: Verdict) => {
    if (!selected || selected.guard !== null || review.isPending) return
    review.mutate({ id: selected.id, verdict }, { onSuccess: () => goTo(place + 1) })
  }
  useKeys([
    { keys: ['j', 'ArrowDown'], name: 'Next look-up', group: 'Cache', run: () => goTo(place + 1) },
    { keys: ['k', 'ArrowUp'], name: 'Previous look-up', group: 'Cache', run: () => goTo(place - 1) },
    { keys: ['1'], name: 'The kept answer is right', group: 'Cache', run: () => judge('right') },
    { keys: ['0'], name: 'The kept answer is wrong', group: 'Cache', run: () => judge('wrong') },
  ])
  if (error && !data) return <Failure what="The look-ups" error={error} retry={() => void refetch()} />
  if (!data) return <p className="px-5 py-3 text-sm text-ink-3">Loading…</p>
  if (rows.length === 0) return <Nothing onlyOpen={filter.unreviewed !== null} />
  return (
    <div className="pb-8">
      {review.error && (
        <p role="alert" className="note note-error mx-5 mb-3">
          {review.error.message}
        </p>
      )}
      <ul aria-label="Look-ups" className="border-t border-line">
        {rows.map((row, index) => (
          <LookUpItem
            key={row.id}
            row={row}
            verdict={said.get(row.id) ?? row.review}
            selected={row === selected}
            select={() => setPlace(index)}
            judge={(verdict) => {
              setPlace(index)
              review.mutate({ id: row.id, verdict })
            }}
          />
        ))}
      </ul>
      <LoadMore query={pages} />
    </div>
  )
}

function Nothing({ onlyOpen }: { onlyOpen: boolean }) {
  return (
    <p className="px-5 py-3 text-sm text-ink-3">
      {onlyOpen
        ? 'Nothing is left to judge here. Look-ups appear once a route compares questions and finds neighbours.'
        : 'No such look-up was recorded.'}
    </p>
  )
}
