import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'wouter'
import type { ExperimentDetail, PromotionRow } from '../../server/http/admin/schemas.ts'
import { ApiError } from '../api.ts'
import { planQuery } from './queries.ts'

interface OfferProps {
  experiment: ExperimentDetail
  route: string
  /** One that the route has under way, of another comparison. */
  elsewhere: PromotionRow | null
  /** There was one before. */
  again: boolean
}

/** The diff brings CodeMirror along, which the page has no other use for. */
const PromoteDialog = lazy(async () => ({ default: (await import('./promote-dialog.tsx')).PromoteDialog }))

/** What promoting would do, and the way to it. */
export function Offer({ experiment, route, elsewhere, again }: OfferProps) {
  const [open, setOpen] = useState(false)
  const { error } = useQuery(planQuery(experiment.id, false))
  const { candidate, verdict } = experiment
  const allowed = verdict.all.answer === 'non-inferior'
  return (
    <div className="promote-line">
      <p className="label flex-none">Promote</p>
      <p className="min-w-0 flex-1 text-sm text-ink-2">
        {elsewhere ? (
          <>
            {route} has another promotion under way, to {elsewhere.candidate}.{' '}
            {elsewhere.experiment !== null && (
              <Link
                href={`/compare?experiment=${encodeURIComponent(elsewhere.experiment)}`}
                className="text-ink underline"
              >
                Open its comparison
              </Link>
            )}
          </>
        ) : error ? (
          <>
            {error.message} {error instanceof ApiError && error.hint}
          </>
        ) : (
          <>
            Send {route}’s traffic to <span className="text-ink">{candidate}</span> in steps, 5 → 25 → 100%. It goes
            back by itself as soon as live traffic shows that {candidate} is worse.
            {!allowed && ' Without a verdict of non-inferior it takes an override.'}
          </>
        )}
      </p>
      {!elsewhere && !error && (
        <button
          type="button"
          className={`button flex-none ${allowed ? 'button-strong' : ''}`}
          onClick={() => setOpen(true)}
        >
          {again ? 'Promote again…' : 'Promote…'}
        </button>
      )}
      {open && (
        <Suspense>
          <PromoteDialog experiment={experiment} close={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}
