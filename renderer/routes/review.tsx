import { useMutation } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import type { ConfigProblem, ConfigState } from '../../server/http/admin/schemas.ts'
import { ApiError, api } from '../api.ts'
import { DiffView } from '../code/diff-view.tsx'
import { configQuery, queryClient, routesQuery } from '../queries.ts'
import type { CheckedText } from './config-check.ts'
import { ConflictNote } from './conflict-note.tsx'
import { type Draft, drafts } from './draft-store.ts'
import { ProblemList } from './problem-list.tsx'

interface ReviewProps {
  draft: Draft
  config: ConfigState
  check: CheckedText
  back: () => void
  applied: (revision: string) => void
  showProblem: (problem: ConfigProblem) => void
}

/** What would change against what runs, and applying it. */
export function Review({ draft, config, check, back, applied, showProblem }: ReviewProps) {
  const { base, text } = draft
  const save = useMutation({
    mutationFn: api.saveConfig,
    onSuccess: async ({ revision }) => {
      const now = await queryClient.fetchQuery({ ...configQuery, staleTime: 0 })
      if (now.revision === revision) drafts.reset(now)
      void queryClient.invalidateQueries({ queryKey: routesQuery.queryKey })
      applied(revision)
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: configQuery.queryKey }),
  })
  const good = check.isCurrent && check.result?.ok === true
  const warnings = check.result?.ok ? check.result.warnings : []
  const moved = base.revision !== config.revision
  // A version on disk that was refused never ran: it is replaced only on purpose.
  const inTheWay = config.rejected !== null && config.disk_revision !== base.revision ? config.disk_revision : null
  const apply = (revision: string) => save.mutate({ source: text, base_revision: revision })
  return (
    <>
      <div className="flex h-11 flex-none items-center gap-3 border-b border-line px-5">
        <button type="button" className="button button-quiet -ml-2 px-2" onClick={back}>
          <ArrowLeft size={13} aria-hidden />
          Back
        </button>
        <p className="min-w-0 flex-1 truncate text-sm text-ink-2">
          Against revision <code className="font-mono">{base.revision.slice(0, 8)}</code>
        </p>
        <button
          type="button"
          className="button button-strong"
          disabled={!good || save.isPending || moved || inTheWay !== null}
          onClick={() => apply(base.revision)}
        >
          {save.isPending ? 'Applying…' : 'Apply'}
        </button>
      </div>
      <ConflictNote draft={draft} config={config} />
      {save.error && !moved && inTheWay === null && <Refused error={save.error} />}
      {inTheWay !== null && !moved && <InTheWay config={config} replace={good ? () => apply(inTheWay) : null} />}
      {warnings.length > 0 && (
        <ul className="note note-warning mx-5 mt-3">
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      <DiffView before={base.source} after={text} label="What would change" />
      <ProblemList problems={check.problems} show={showProblem} />
    </>
  )
}

function Refused({ error }: { error: Error }) {
  return (
    <p role="alert" className="note note-error mx-5 mt-3">
      {error.message} {error instanceof ApiError && error.hint}
    </p>
  )
}

function InTheWay({ config, replace }: { config: ConfigState; replace: (() => void) | null }) {
  const problem = config.rejected?.problems[0]
  return (
    <div role="alert" className="note note-warning mx-5 mt-3">
      <p>
        The file on disk holds a newer version that was refused
        {problem && ` (line ${problem.line}: ${problem.message})`}. It never ran; applying this text replaces it.
      </p>
      <button type="button" className="button mt-2" disabled={replace === null} onClick={() => replace?.()}>
        Replace it
      </button>
    </div>
  )
}
