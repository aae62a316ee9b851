import type { ConfigProblem } from '../../server/http/admin/schemas.ts'
import { formatPlural } from '../format.ts'
import type { CheckedText } from './config-check.ts'
import type { Draft } from './draft-store.ts'

interface EditorFootProps {
  draft: Draft
  check: CheckedText
  review: () => void
  reset: () => void
  showProblem: (problem: ConfigProblem) => void
  /** The problems stand right above, one by one. */
  listed: boolean
}

/** How the text stands against what runs, and the way on. */
export function EditorFoot({ draft, check, review, reset, showProblem, listed }: EditorFootProps) {
  const edited = draft.text !== draft.base.source
  const [first] = check.problems
  return (
    <footer className="flex h-12 flex-none items-center gap-3 border-t border-line px-5 text-sm">
      <p role="status" className="min-w-0 flex-1 truncate">
        {check.failure ? (
          <span className="text-error">It could not be checked: {check.failure.message}</span>
        ) : first ? (
          <button type="button" className="text-error underline" onClick={() => showProblem(first)}>
            {formatPlural(check.problems.length, 'problem')}
            {!listed && `, line ${first.line}: ${first.message}`}
          </button>
        ) : (
          <span className="text-ink-3">{stateOf(edited, check)}</span>
        )}
      </p>
      {edited && (
        <button type="button" className="button button-quiet" onClick={reset}>
          Discard
        </button>
      )}
      <button type="button" className={`button ${edited ? 'button-strong' : ''}`} disabled={!edited} onClick={review}>
        Review changes
      </button>
    </footer>
  )
}

function stateOf(edited: boolean, { result, isCurrent }: CheckedText): string {
  if (!edited) return 'As it runs'
  if (!isCurrent) return 'Checking…'
  return result?.ok && result.warnings.length > 0
    ? `Valid, with ${formatPlural(result.warnings.length, 'warning')}. Not running yet.`
    : 'Valid. Not running yet.'
}
