import type { ConfigProblem } from '../../server/http/admin/schemas.ts'

interface ProblemListProps {
  problems: readonly ConfigProblem[]
  show: (problem: ConfigProblem) => void
}

/** What is wrong with the text, line by line; a click goes there. */
export function ProblemList({ problems, show }: ProblemListProps) {
  if (problems.length === 0) return null
  return (
    <ul className="max-h-40 flex-none overflow-y-auto border-t border-line py-1.5" aria-label="Problems">
      {problems.map((problem) => (
        <li key={`${problem.line}:${problem.column} ${problem.message}`}>
          <button type="button" className="problem" onClick={() => show(problem)}>
            <span className="flex-none text-error">line {problem.line}</span>
            <span className="min-w-0 break-words">
              {problem.path && <code className="font-mono text-xs text-ink">{problem.path}</code>} {problem.message}
              {problem.suggestion && <span className="text-ink-3">; {problem.suggestion}</span>}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
