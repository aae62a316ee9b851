import type { PromotionRow } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'
import { StepHistory } from './step-history.tsx'
import { stateWords } from './words.ts'

/** Promotions of the same comparison before this one. */
export function Earlier({ promotions }: { promotions: readonly PromotionRow[] }) {
  if (promotions.length === 0) return null
  return (
    <details className="px-5 pb-2.5 text-sm">
      <summary className="w-fit cursor-pointer text-xs text-ink-2">
        {promotions.length === 1 ? 'One promotion before' : `${promotions.length} promotions before`}
      </summary>
      {promotions.map((promotion) => (
        <div key={promotion.id} className="mt-2">
          <p className="text-xs text-ink-3">
            {formatMoment(promotion.started_at)}, {stateWords[promotion.state].toLowerCase()}
          </p>
          <StepHistory promotion={promotion} />
        </div>
      ))}
    </details>
  )
}
