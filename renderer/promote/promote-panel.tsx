import { useQuery } from '@tanstack/react-query'
import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { Failure } from '../parts/failure.tsx'
import { useIsViewer } from '../role.ts'
import { Earlier } from './earlier.tsx'
import { Offer } from './offer.tsx'
import { PromotionOver } from './promotion-over.tsx'
import { PromotionStrip } from './promotion-strip.tsx'
import { isRunning, promotionsQuery } from './queries.ts'

/**
 * Moving a route's traffic to the candidate of a comparison, step by step, and back. Nothing where the comparison is of no
 * route.
 */
export function PromotePanel({ experiment }: { experiment: ExperimentDetail }) {
  return experiment.route === null ? null : <Panel experiment={experiment} route={experiment.route} />
}

function Panel({ experiment, route }: { experiment: ExperimentDetail; route: string }) {
  const isViewer = useIsViewer()
  const { data, error, refetch } = useQuery(promotionsQuery(route))
  if (error && !data) return <Failure what="The promotions" error={error} retry={() => void refetch()} />
  if (!data) return null
  const [latest, ...earlier] = data.data.filter((promotion) => promotion.experiment === experiment.id)
  const elsewhere = data.data.find((promotion) => isRunning(promotion) && promotion.experiment !== experiment.id)
  if (latest && isRunning(latest))
    return (
      <section aria-label="Promotion" className="promote">
        <PromotionStrip promotion={latest} readOnly={isViewer} />
        <Earlier promotions={earlier} />
      </section>
    )
  // Whoever may not begin one has nothing to read here before there is one.
  if (isViewer && !latest) return null
  return (
    <section aria-label="Promotion" className="promote">
      {latest && <PromotionOver promotion={latest} />}
      {!isViewer && latest?.state !== 'complete' && (
        <Offer experiment={experiment} route={route} elsewhere={elsewhere ?? null} again={latest !== undefined} />
      )}
      <Earlier promotions={earlier} />
    </section>
  )
}
