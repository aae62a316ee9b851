import type { ConfigProblem, DraftResult, ProbeResult } from '../../server/http/admin/schemas.ts'
import { formatDuration, formatPlural } from '../format.ts'
import { ModelTable } from './model-table.tsx'

/** What a test of a draft gave: the models, or what is wrong and what to do. */
export function DraftOutcome({ id, result }: { id: string; result: DraftResult }) {
  if (result.problems.length > 0) return <Problems problems={result.problems} inFile={result.in_file} />
  if (result.probe === null) return null
  return result.probe.ok ? <Good id={id} probe={result.probe} /> : <Bad probe={result.probe} />
}

function Good({ id, probe }: { id: string; probe: ProbeResult }) {
  return (
    <>
      <p role="status" className="note note-ok">
        It works: {formatPlural(probe.models.length, 'model')} in {formatDuration(probe.latency_ms)}.
      </p>
      <div className="-mx-5 mt-2">
        <ModelTable provider={id} result={probe} />
      </div>
    </>
  )
}

function Bad({ probe }: { probe: ProbeResult }) {
  return (
    <div role="alert" className="note note-error">
      <p className="break-words">{probe.error}</p>
      {probe.latency_ms !== null && (
        <p className="mt-1 text-xs text-ink-3">after {formatDuration(probe.latency_ms)}; nothing was written</p>
      )}
    </div>
  )
}

/** Why a draft cannot be saved. Lines are told only for what stands in the file. */
export function Problems({ problems, inFile }: { problems: readonly ConfigProblem[]; inFile: boolean }) {
  return (
    <div role="alert" className="note note-error">
      <p className="mb-1">
        {inFile
          ? 'The config file itself has to be mended first; what runs is its last good version.'
          : 'This cannot be saved as it is.'}
      </p>
      <ul className="text-ink-2">
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.message}`} className="break-words">
            {inFile && `line ${problem.line}: `}
            {problem.path && <code className="font-mono text-xs text-ink">{problem.path}</code>} {problem.message}
            {problem.suggestion && <span className="text-ink-3"> {problem.suggestion}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}
