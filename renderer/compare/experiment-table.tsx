import { type UseQueryResult, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { ExperimentDetail, ExperimentRow } from '../../server/http/admin/schemas.ts'
import { formatCount, formatMoment } from '../format.ts'
import { useKeys } from '../keys.ts'
import { Failure } from '../parts/failure.tsx'
import { usePlace } from '../parts/use-place.ts'
import { AnswerMark } from './answer-mark.tsx'
import { NoExperiments } from './no-experiments.tsx'
import { experimentPath } from './page-address.ts'
import { experimentQuery, experimentsQuery } from './queries.ts'
import { StateWord } from './state-word.tsx'
import { morePairsWords } from './words.ts'

/** Older comparisons are judged when somebody wants to see them. */
const STEP = 20
/** Of a list, answers may be somewhat older. */
const REFRESH_MS = 20_000

const rowId = ({ id }: ExperimentRow) => `experiment-${id}`

/** Every comparison, the newest first. */
export function ExperimentTable() {
  const { data, error, refetch } = useQuery(experimentsQuery)
  if (error && !data) return <Failure what="The comparisons" error={error} retry={() => void refetch()} />
  if (!data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  if (data.data.length === 0) return <NoExperiments />
  return <Table rows={data.data} />
}

function Table({ rows }: { rows: readonly ExperimentRow[] }) {
  const [shown, setShown] = useState(STEP)
  const [, navigate] = useLocation()
  const visible = rows.slice(0, shown)
  const verdicts = useVerdicts(visible)
  const { place, moveTo, selected } = usePlace(visible, rowId)
  useKeys([
    { keys: ['j', 'ArrowDown'], name: 'Next comparison', group: 'Compare', run: () => moveTo(place + 1) },
    { keys: ['k', 'ArrowUp'], name: 'Previous comparison', group: 'Compare', run: () => moveTo(place - 1) },
    {
      keys: ['Enter'],
      name: 'Open the comparison',
      group: 'Compare',
      run: () => {
        if (selected) navigate(experimentPath(selected.id))
      },
    },
  ])
  return (
    <div className="overflow-x-auto pb-8">
      <table className="route-table experiment-table" aria-label="Comparisons">
        <thead>
          <tr>
            <th scope="col">Comparison</th>
            <th scope="col">Baseline → candidate</th>
            <th scope="col">Kind</th>
            <th scope="col">Began</th>
            <th scope="col" className="number" title="Requests with a reply of both sides, of those that were drawn">
              Pairs
            </th>
            <th scope="col">State</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {visible.map((row, index) => (
            <Row key={row.id} row={row} result={verdicts[index]!} selected={row === selected} />
          ))}
        </tbody>
      </table>
      {shown < rows.length && (
        <button type="button" className="button mx-5 my-3" onClick={() => setShown(shown + STEP)}>
          Show older
        </button>
      )}
    </div>
  )
}

interface RowProps {
  row: ExperimentRow
  result: UseQueryResult<ExperimentDetail>
  selected: boolean
}

function Row({ row, result, selected }: RowProps) {
  return (
    <tr id={rowId(row)} aria-current={selected} className="experiment-row">
      <td>
        <Link href={experimentPath(row.id)} className="font-medium hover:underline">
          {row.route ?? row.name}
        </Link>
      </td>
      <td className="sides">
        <span className="text-ink-2">{row.baseline}</span> <span className="text-ink-3">→</span> {row.candidate}
      </td>
      <td>{row.kind}</td>
      <td className="text-ink-2">{formatMoment(row.started_at)}</td>
      <td className="number">
        {formatCount(row.pairs)} <span className="text-ink-3">of {formatCount(row.drawn)}</span>
      </td>
      <td>
        <StateWord ended={row.ended_at !== null} />
      </td>
      <td>
        <RowAnswer result={result} />
      </td>
    </tr>
  )
}

/** The verdict of each row, one after the other: each takes a look at every pair, and other pages wait meanwhile. */
function useVerdicts(rows: readonly ExperimentRow[]): UseQueryResult<ExperimentDetail>[] {
  const client = useQueryClient()
  const isKnown = (row: ExperimentRow) => {
    const state = client.getQueryState(experimentQuery(row.id).queryKey)
    return state !== undefined && state.status !== 'pending'
  }
  const next = rows.findIndex((row) => !isKnown(row))
  return useQueries({
    queries: rows.map((row, index) => ({
      ...experimentQuery(row.id, REFRESH_MS),
      enabled: next === -1 || index <= next,
    })),
  })
}

function RowAnswer({ result: { data, error } }: { result: UseQueryResult<ExperimentDetail> }) {
  if (error && !data) return <span className="text-ink-3">—</span>
  if (!data) return <span className="text-ink-3">…</span>
  const { answer, morePairs, why } = data.verdict.all
  return (
    <span className="flex items-center gap-2">
      <AnswerMark answer={answer} title={why} />
      {morePairs !== null && <span className="text-xs text-ink-3">{morePairsWords(morePairs)}</span>}
    </span>
  )
}
