import type { PromotionRow } from '../../server/http/admin/schemas.ts'
import { ApiError } from '../api.ts'
import { formatCount, formatMoment } from '../format.ts'
import { LiveVerdict } from './live-verdict.tsx'
import { useChange } from './queries.ts'
import { ShareRail } from './share-rail.tsx'
import { StepHistory } from './step-history.tsx'
import { nextShare, shareWords } from './steps.ts'

interface PromotionStripProps {
  promotion: PromotionRow
  readOnly: boolean
}

/** A promotion under way: how far it is, what live traffic says, and the way on and back. */
export function PromotionStrip({ promotion, readOnly }: PromotionStripProps) {
  const { id, route, candidate, baseline, share, started_at, automatic, reason, live } = promotion
  const change = useChange()
  const next = nextShare(share)
  const run = (work: 'step' | 'rollback' | 'complete') => change.mutate({ id, work })
  const pending = change.isPending ? change.variables.work : null
  return (
    <>
      <div className="promote-head">
        <div>
          <p className="label flex items-center gap-2">
            <span className="pulse" aria-hidden /> Promotion under way
          </p>
          <p className="text-base">
            <span className="promote-share">{shareWords(share)}</span> of {route}’s requests go to{' '}
            <span className="font-medium">{candidate}</span>
          </p>
          <p className="text-xs text-ink-3">
            Since {formatMoment(started_at)}
            {automatic ? '. Takes its next step by itself.' : '. Each step is taken by hand.'}
          </p>
        </div>
        <ShareRail promotion={promotion} />
        {!readOnly && (
          <div className="promote-actions">
            <button type="button" className="button" disabled={change.isPending} onClick={() => run('rollback')}>
              {pending === 'rollback' ? 'Rolling back…' : 'Roll back'}
            </button>
            {next === null ? (
              <button
                type="button"
                className="button button-strong"
                title={`Makes ${candidate} the first target of ${route}, and takes the rollout and the mirror out of the file`}
                disabled={change.isPending}
                onClick={() => run('complete')}
              >
                {pending === 'complete' ? 'Completing…' : 'Complete'}
              </button>
            ) : (
              <button
                type="button"
                className="button button-strong"
                disabled={change.isPending}
                onClick={() => run('step')}
              >
                {pending === 'step' ? 'Sending…' : `Next step: ${shareWords(next)}`}
              </button>
            )}
          </div>
        )}
      </div>
      {reason !== null && (
        <p className="promote-reason">
          <strong className="font-medium text-error">Against the verdict</strong>, by {promotion.actor}: “{reason}”
        </p>
      )}
      {change.error && (
        <p role="alert" className="note note-error mx-5 mt-3">
          {change.error.message} {change.error instanceof ApiError && change.error.hint}
        </p>
      )}
      {live && share < 1 && (
        <dl className="promote-replies">
          <Replies name="Baseline" title={baseline} replies={live.replies.baseline} />
          <Replies name="Candidate" title={candidate} replies={live.replies.candidate} />
        </dl>
      )}
      {share < 1 ? (
        live && <LiveVerdict verdict={live.verdict} candidate={candidate} />
      ) : (
        <p className="promote-text">
          All of the traffic goes to {candidate}: there is nothing left to compare it with, and nothing comes back by
          itself any more. Complete makes it the first target in the config file.
        </p>
      )}
      <StepHistory promotion={promotion} />
    </>
  )
}

function Replies({ name, title, replies }: { name: string; title: string; replies: number }) {
  return (
    <div className="min-w-0" title={title}>
      <dt className="label">{name}, live replies of this step</dt>
      <dd className="truncate">
        <span className="font-medium">{formatCount(replies)}</span> <span className="text-ink-3">{title}</span>
      </dd>
    </div>
  )
}
