import { useMutation } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { CacheScopeQuality } from '../../server/http/admin/schemas.ts'
import { formatCount, formatShare } from '../format.ts'
import { type Flips, judgementOf } from './tune.ts'
import { draftThreshold } from './use-threshold.ts'
import { formatBounds, formatRate, formatSimilarity } from './words.ts'

interface ThresholdVerdictProps {
  scope: CacheScopeQuality
  threshold: number
  flips: Flips
  changed: boolean
  reset: () => void
}

/** What the threshold that is tried would change, and the way to make it the route's. */
export function ThresholdVerdict({ scope, threshold, flips, changed, reset }: ThresholdVerdictProps) {
  const [, navigate] = useLocation()
  const draft = useMutation({
    mutationFn: () => draftThreshold(scope.route, threshold),
    onSuccess: () => navigate(`/routes?route=${encodeURIComponent(scope.route)}&tab=form`),
  })
  const point = scope.curve.findLast((each) => each.threshold <= threshold + 1e-9)
  return (
    <section aria-label="What would change" className="tuner-verdict">
      <p className="label">Threshold to try</p>
      <p className="text-2xl leading-8 font-medium tracking-tight">{formatSimilarity(threshold)}</p>
      <div role="status" className="mt-3 grid gap-1 text-sm">
        {!changed && <p className="text-ink-2">This is the route’s threshold. Drag it, or use the arrow keys.</p>}
        {changed && (
          <>
            <Count count={flips.gained.length} wrong={flips.gainedWrong} words="would become hits" tone="text-ok" />
            <Count
              count={flips.lost.length}
              wrong={flips.lostWrong}
              words="would stop being hits"
              tone="text-fallback"
            />
          </>
        )}
        <Count count={flips.served} wrong={flips.servedWrong} words="would be served in all" tone="" />
        {flips.gained.length > 0 && flips.gained.every((each) => judgementOf(each) === 'unknown') && (
          <p className="text-fallback">Nobody ever looked into the answers that would be gained.</p>
        )}
      </div>
      {point?.wrong && (
        <p className="mt-3 text-sm text-ink-2">
          By {formatCount(point.samples)} checks from here on,{' '}
          <span className={point.wrong.estimate > scope.max_error ? 'text-error' : 'text-ink'}>
            {formatRate(point.wrong.estimate)}
          </span>{' '}
          of hits would be wrong ({formatBounds(point.wrong)}), and {formatShare(point.served, 1)} of what was checked
          would be served.
        </p>
      )}
      <div className="mt-4 flex gap-2">
        <button
          type="button"
          className="button button-strong"
          disabled={!changed || draft.isPending}
          onClick={() => draft.mutate()}
        >
          Use this threshold
        </button>
        {changed && (
          <button type="button" className="button button-quiet" onClick={reset}>
            Back to {formatSimilarity(scope.base_threshold)}
          </button>
        )}
      </div>
      {draft.error && (
        <p role="alert" className="note note-error mt-3">
          {draft.error.message}
        </p>
      )}
      <p className="mt-3 text-xs text-ink-3">
        It is written into the route’s text on the Routes page, for all its tenants, and runs once it is applied there.
        Whatever it says, hits are compared, and the threshold in force rises where too many are wrong.
      </p>
    </section>
  )
}

function Count({ count, wrong, words, tone }: { count: number; wrong: number; words: string; tone: string }) {
  return (
    <p>
      <strong className={`font-semibold ${count > 0 ? tone : 'text-ink-3'}`}>{formatCount(count)}</strong> {words}
      {wrong > 0 && <span className="text-error">, {formatCount(wrong)} of them judged wrong</span>}
    </p>
  )
}
