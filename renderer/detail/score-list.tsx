import { Check, X } from 'lucide-react'
import type { ScoreRow } from '../../server/http/admin/schemas.ts'

/** What the evaluators said of the replies. */
export function ScoreList({ scores }: { scores: readonly ScoreRow[] }) {
  if (scores.length === 0) return null
  return (
    <section className="border-b border-line py-4">
      <h3 className="px-5 pb-1.5 text-base font-semibold">Scores</h3>
      <ul>
        {scores.map((score) => (
          <li
            key={`${score.attempt} ${score.evaluator}`}
            className="grid grid-cols-[18px_84px_minmax(0,1fr)_auto] items-baseline gap-x-3 px-5 py-1.5 text-sm"
          >
            <span className="text-ink-3" title={`Of attempt ${score.attempt + 1}`}>
              {score.attempt + 1}
            </span>
            <span className="font-medium">{score.score.toFixed(2)}</span>
            <span className="min-w-0">
              {score.evaluator} <span className="text-ink-2">{score.reason}</span>
            </span>
            <span className={`inline-flex items-center gap-1 ${score.passed ? 'text-ok' : 'text-error'}`}>
              {score.passed ? <Check size={12} aria-hidden /> : <X size={12} aria-hidden />}
              {score.passed ? 'passed' : 'failed'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
