import type { PromotionRow } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'
import { shareWords } from './steps.ts'
import { actorWords, stateWords } from './words.ts'

/** Every step with who took it, when and why, the newest first. */
export function StepHistory({ promotion: { steps, state } }: { promotion: PromotionRow }) {
  const last = steps.length - 1
  return (
    <ol className="step-history" aria-label="Steps taken">
      {steps
        .map((step, index) => (
          <li key={index}>
            <span className="font-medium">
              {index === last && state !== 'running' ? stateWords[state] : shareWords(step.share)}
            </span>
            <time dateTime={step.at} className="text-ink-3" title={`Before it ran revision ${step.revision}`}>
              {formatMoment(step.at)}
            </time>
            <span className="min-w-0 truncate text-ink-2" title={step.actor}>
              {actorWords(step.actor)}
            </span>
            <span className="step-why">{step.why}</span>
          </li>
        ))
        .toReversed()}
    </ol>
  )
}
