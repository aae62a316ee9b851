import { Check, X } from 'lucide-react'
import type { Score } from './shapes.ts'

/** What evaluators said of the reply, each with why. */
export function ScoreNotes({ scores, hidden }: { scores: readonly Score[]; hidden: boolean }) {
  if (scores.length === 0) return null
  return (
    <section aria-label="Scores" className="item-notes">
      <h3 className="label">Scores</h3>
      {hidden ? (
        <p className="text-sm text-ink-3">Hidden until you have labelled it.</p>
      ) : (
        <ul>
          {scores.map(({ evaluator, score, passed, reason }) => (
            <li key={evaluator} className="score-note">
              <span className={`flex items-baseline gap-1 ${passed ? 'text-ok' : 'text-error'}`}>
                {passed ? (
                  <Check size={12} className="self-center" aria-label="passed" />
                ) : (
                  <X size={12} className="self-center" aria-label="failed" />
                )}
                {score.toFixed(2)}
              </span>
              <span className="font-medium">{evaluator}</span>
              <span className="min-w-0 text-ink-2">{reason}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
