import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { RunRow } from '../../server/http/admin/schemas.ts'
import { formatCost, formatMoment, formatSum } from '../format.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { Failure } from '../parts/failure.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { useIsViewer } from '../role.ts'
import { toneOf } from './answer-mark.tsx'
import { experimentPath } from './page-address.ts'
import { runsQuery } from './queries.ts'
import { RunButtons } from './run-buttons.tsx'
import { RunProgress } from './run-progress.tsx'
import { runNote, runTones } from './run-words.ts'

/** Datasets and stored traffic on their way through a candidate. */
export function RunList() {
  const runs = useInfiniteQuery(runsQuery)
  const isViewer = useIsViewer()
  const { data, error, refetch } = runs
  if (error && !data) return <Failure what="The runs" error={error} retry={() => void refetch()} />
  if (!data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  const rows = data.pages.flatMap((page) => page.data)
  if (rows.length === 0) return <NoRuns />
  return (
    <div className="pb-8">
      <ul aria-label="Runs">
        {rows.map((run) => (
          <Run key={run.id} run={run} isViewer={isViewer} />
        ))}
      </ul>
      <LoadMore query={runs} />
    </div>
  )
}

function Run({ run, isViewer }: { run: RunRow; isViewer: boolean }) {
  const { name, state, candidate, baseline, source, cost_usd, budget_usd, created_at, actor, id } = run
  const note = runNote(run)
  return (
    <li className="run" aria-label={name}>
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <Link href={experimentPath(id)} className="font-medium hover:underline" title="Show its verdict">
            {name}
          </Link>
          <span className="run-state" style={toneOf(runTones[state])}>
            {state}
          </span>
        </p>
        <p className="truncate text-sm text-ink-2">
          {baseline} <span className="text-ink-3">→</span> <span className="text-ink">{candidate}</span>
        </p>
        <p className="truncate text-xs text-ink-3">
          {source} · {formatMoment(created_at)} · {actor}
        </p>
      </div>
      <div className="min-w-0">
        <RunProgress run={run} />
        {note !== '' && <p className={`text-xs ${run.problem === null ? 'text-ink-3' : 'text-fallback'}`}>{note}</p>}
      </div>
      <p className="run-cost">
        {formatSum(cost_usd)}
        <span className="block text-xs text-ink-3">
          {budget_usd === null ? 'cost' : `cost, of ${formatCost(budget_usd)} at most`}
        </span>
      </p>
      {isViewer ? <span /> : <RunButtons run={run} />}
    </li>
  )
}

function NoRuns() {
  return (
    <section className="mx-auto w-full max-w-160 px-5 py-14">
      <h2 className="mb-2 text-xl font-medium">Nothing has been run yet</h2>
      <p className="mb-5 text-ink-2">
        A run takes a dataset, or a slice of stored traffic, through a candidate and compares what comes back. Its cost
        is estimated first, it can be paused, and after a kill it goes on without repeating a call. Tools are never
        executed.
      </p>
      <CodeBlock
        text={
          'gatehouse replay --route support --days 7 --candidate ollama/qwen3:14b\ngatehouse replay --dataset support@1 --candidate ollama/qwen3:14b'
        }
        label="the replay commands"
      />
    </section>
  )
}
