import { useState } from 'react'
import type { GuardRuleRow, GuardTuning } from '../../server/http/admin/schemas.ts'
import { formatMoment, formatPlural } from '../format.ts'
import { toStep } from '../parts/threshold-step.ts'
import { useIsViewer } from '../role.ts'
import { ApplyDialog } from './apply-dialog.tsx'
import type { RuleSetting } from './config-change.ts'
import { Verdicts } from './last-week.tsx'
import { isShared, stageWords } from './rule-words.ts'
import { formatScore } from './words.ts'

interface TuneVerdictProps {
  route: string
  rule: GuardRuleRow
  tuning: GuardTuning
  threshold: number
  reset: () => void
}

/** What the threshold that is tried would have meant, and the way to make it the rule's. */
export function TuneVerdict({ route, rule, tuning, threshold, reset }: TuneVerdictProps) {
  const [setting, setSetting] = useState<RuleSetting | null>(null)
  const isViewer = useIsViewer()
  const changed = threshold !== tuning.threshold
  return (
    <section aria-label="What would change" className="tuner-verdict">
      <p className="label">Threshold to try</p>
      <p className="text-2xl leading-8 font-medium tracking-tight">{formatScore(threshold)}</p>
      <div role="status" className="mt-3 grid gap-1 text-sm">
        {!changed && (
          <p className="text-ink-2">
            This is the rule’s {tuning.is_own ? 'threshold' : 'kind’s own threshold'}. Drag it, or use the arrow keys.
          </p>
        )}
        {tuning.would.requests === 0 ? (
          <p className="text-ink-2">It looked at no request in the last week.</p>
        ) : (
          <>
            <p className="text-ink-3">
              {formatPlural(tuning.would.requests, 'request')} since {formatMoment(tuning.from)}
            </p>
            <Verdicts tuning={tuning} />
          </>
        )}
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <button
          type="button"
          className="button button-strong"
          disabled={!changed || isViewer}
          title={isViewer ? 'Viewers change nothing' : undefined}
          onClick={() => setSetting({ name: 'threshold', value: toStep(threshold) })}
        >
          Use this threshold…
        </button>
        {changed && (
          <button type="button" className="button button-quiet" onClick={reset}>
            Back to {formatScore(tuning.threshold)}
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={isViewer}
          onClick={() => setSetting({ name: 'mode', value: rule.mode === 'monitor' ? 'enforce' : 'monitor' })}
        >
          {rule.mode === 'monitor' ? 'Act on what it finds…' : 'Only monitor…'}
        </button>
      </div>
      <p className="mt-3 text-xs text-ink-3">
        {rule.kind} looks at {stageWords[rule.stage]}; the action is {rule.action}, and the rule{' '}
        {rule.mode === 'monitor' ? 'only monitors' : 'acts'}. A change is written into the config file, once its diff
        has been seen{isShared(rule) && ', and counts for every route, as the rule stands at the top of the file'}.
      </p>
      {setting && <ApplyDialog route={route} rule={rule} setting={setting} close={() => setSetting(null)} />}
    </section>
  )
}
