import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type VerdictFilter } from '../api.ts'
import { useKeys } from '../keys.ts'
import { Failure } from '../parts/failure.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { usePlace } from '../parts/use-place.ts'
import { readLabelsAgain, verdictsQuery } from '../queries.ts'
import { useIsViewer } from '../role.ts'
import { useGuardAddress } from './page-address.ts'
import { ScopeChoice } from './scope-choice.tsx'
import { type Said, saidOf, VerdictItem, verdictItemId } from './verdict-item.tsx'

const kinds: readonly { name: string; verdict: string | null; mode: VerdictFilter['mode'] }[] = [
  { name: 'Everything but passes', verdict: null, mode: null },
  { name: 'Blocked', verdict: 'block', mode: 'enforce' },
  { name: 'Redacted', verdict: 'redact', mode: 'enforce' },
  { name: 'Warned', verdict: 'warn', mode: 'enforce' },
  { name: 'Escalated', verdict: 'escalate', mode: 'enforce' },
  { name: 'Could not tell', verdict: 'error', mode: null },
  { name: 'Only monitored', verdict: null, mode: 'monitor' },
  { name: 'Passed', verdict: 'pass', mode: null },
]

/** What guardrails said, for a person to look through and judge. */
export function VerdictList() {
  const { route, tenant, guardrail, category, verdict: named, change } = useGuardAddress()
  const [onlyOpen, setOnlyOpen] = useState(false)
  const kind = kinds.find(({ name }) => name === named) ?? kinds[0]!
  const { verdict, mode } = kind
  const filter: VerdictFilter = {
    route,
    tenant,
    guardrail,
    category,
    verdict,
    mode,
    labelled: onlyOpen ? 'false' : null,
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-2.5 text-sm">
        <select
          className="field"
          aria-label="Which verdicts"
          value={kind.name}
          onChange={(event) => change({ verdict: event.target.value })}
        >
          {kinds.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <ScopeChoice route={route} tenant={tenant} guardrail={guardrail} change={change} />
        {category !== null && (
          <button
            type="button"
            className="button"
            onClick={() => change({ category: null })}
            title="Show every category"
          >
            {category} ×
          </button>
        )}
        <label className="flex items-center gap-1.5">
          <input type="checkbox" checked={onlyOpen} onChange={(event) => setOnlyOpen(event.target.checked)} />
          Only those nobody has judged
        </label>
      </div>
      <Items key={JSON.stringify(filter)} filter={filter} />
    </>
  )
}

function Items({ filter }: { filter: VerdictFilter }) {
  const pages = useInfiniteQuery(verdictsQuery(filter))
  const { data, error, refetch } = pages
  const isViewer = useIsViewer()
  const rows = data?.pages.flatMap((page) => page.data) ?? []
  const { place, setPlace, moveTo, selected } = usePlace(rows, ({ id }) => verdictItemId(id))
  /** What was said just now: such a row stays until the list is read again. */
  const [said, setSaid] = useState<ReadonlyMap<number, Said>>(new Map())
  const judge = useMutation({
    mutationFn: (said: { verdict: number; label: Said }) => api.labelGuardrails(said),
    onSuccess: (_, { verdict, label }) => {
      setSaid((before) => new Map(before).set(verdict, label))
      readLabelsAgain()
    },
  })
  const say = (harmful: boolean) => {
    if (!selected || isViewer || selected.verdict === 'error') return
    judge.mutate({ verdict: selected.id, label: saidOf(selected)[harmful ? 0 : 1] })
  }
  useKeys([
    { keys: ['j', 'ArrowDown'], name: 'Next verdict', group: 'Guardrails', run: () => moveTo(place + 1) },
    { keys: ['k', 'ArrowUp'], name: 'Previous verdict', group: 'Guardrails', run: () => moveTo(place - 1) },
    { keys: ['y'], name: 'There was something to find', group: 'Guardrails', run: () => say(true) },
    { keys: ['n'], name: 'There was nothing to find', group: 'Guardrails', run: () => say(false) },
  ])
  if (error && !data) return <Failure what="The verdicts" error={error} retry={() => void refetch()} />
  if (!data) return <p className="px-5 py-3 text-sm text-ink-3">Loading…</p>
  if (rows.length === 0) return <Nothing />
  return (
    <div className="pb-8">
      {judge.error && (
        <p role="alert" className="note note-error mx-5 my-3">
          {judge.error.message}
        </p>
      )}
      <ul aria-label="Verdicts">
        {rows.map((row, index) => (
          <VerdictItem
            key={row.id}
            row={row}
            label={said.get(row.id) ?? row.label}
            selected={row === selected}
            select={() => setPlace(index)}
            judge={
              isViewer
                ? null
                : (label) => {
                    setPlace(index)
                    judge.mutate({ verdict: row.id, label })
                  }
            }
          />
        ))}
      </ul>
      <LoadMore query={pages} />
    </div>
  )
}

function Nothing() {
  return (
    <p className="px-5 py-6 text-sm text-ink-3">
      No such verdict is recorded. Verdicts appear once a route has guardrails and they find something.
    </p>
  )
}
