import type { PromotionRow } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'
import { ShareRail } from './share-rail.tsx'
import { StepHistory } from './step-history.tsx'
import { outcomeWords, stateTone, stateWords } from './words.ts'

/** A promotion that does not go on, and why. */
export function PromotionOver({ promotion }: { promotion: PromotionRow }) {
  const { state, ended_at, steps, reason, actor } = promotion
  return (
    <>
      <div className="promote-head">
        <div>
          <p className="label">Promotion{ended_at !== null && `, ${formatMoment(ended_at)}`}</p>
          <p className="text-base font-medium" style={{ color: `var(--${stateTone(promotion)})` }}>
            {stateWords[state]}
          </p>
          <p className="text-sm text-ink-2">
            {outcomeWords(promotion)} {state === 'rolled-back' && <WhyBack why={steps.at(-1)?.why} />}
          </p>
        </div>
        <ShareRail promotion={promotion} />
      </div>
      {reason !== null && (
        <p className="promote-reason">
          It began against the verdict, by {actor}: “{reason}”
        </p>
      )}
      <StepHistory promotion={promotion} />
    </>
  )
}

function WhyBack({ why }: { why: string | undefined }) {
  return why === undefined || why === 'by hand' ? null : <span className="text-ink">{why}</span>
}
