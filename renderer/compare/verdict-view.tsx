import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { PromotePanel } from '../promote/promote-panel.tsx'
import { ChangeSection } from './change-section.tsx'
import { Coverage } from './coverage.tsx'
import { FixedSettings } from './fixed-settings.tsx'
import { MetricSection } from './metric-section.tsx'
import { OverallAnswer } from './overall-answer.tsx'
import { RunStrip } from './run-strip.tsx'

/** What there is to sign: first what was compared at all, then the answer, then what it rests on. */
export function VerdictView({ experiment }: { experiment: ExperimentDetail }) {
  const { all } = experiment.verdict
  const deciding = all.metrics.filter(({ id }) => all.decisive.includes(id))
  const others = all.metrics.filter(({ id }) => !all.decisive.includes(id))
  return (
    <div className="pb-10">
      {experiment.kind === 'replay' && <RunStrip id={experiment.id} />}
      <Coverage experiment={experiment} />
      <OverallAnswer experiment={experiment} />
      <PromotePanel experiment={experiment} />
      <MetricSection
        title="Metrics that decide"
        note="Each is held against its margin, as it was fixed before the first pair."
        metrics={deciding}
      />
      {all.change && <ChangeSection change={all.change} />}
      <MetricSection
        title="Not deciding"
        note="They have no margin, or no pair has them: for information only."
        metrics={others}
      />
      <FixedSettings experiment={experiment} />
    </div>
  )
}
