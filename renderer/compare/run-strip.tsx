import { useQuery } from '@tanstack/react-query'
import { useIsViewer } from '../role.ts'
import { toneOf } from './answer-mark.tsx'
import { runQuery } from './queries.ts'
import { RunButtons } from './run-buttons.tsx'
import { RunProgress } from './run-progress.tsx'
import { runNote, runTones } from './run-words.ts'

/** How far the run is that a comparison comes from. */
export function RunStrip({ id }: { id: string }) {
  const run = useQuery(runQuery(id)).data
  const isViewer = useIsViewer()
  if (!run) return null
  return (
    <section aria-label="Run" className="run-strip">
      <span className="run-state" style={toneOf(runTones[run.state])}>
        {run.state}
      </span>
      <div className="min-w-0 flex-1">
        <RunProgress run={run} />
        <p className={`text-xs ${run.problem === null ? 'text-ink-3' : 'text-fallback'}`}>{runNote(run)}</p>
      </div>
      {!isViewer && <RunButtons run={run} />}
    </section>
  )
}
