import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { formatMoment } from '../format.ts'
import { FactRow } from '../parts/fact.tsx'
import { SectionHead } from '../parts/section-head.tsx'
import { formatDifference } from './metric-words.ts'

/** What was laid down before anything could be known: another choice is another comparison. */
export function FixedSettings({ experiment }: { experiment: ExperimentDetail }) {
  const { settings, verdict, started_at, ended_at, id, name } = experiment
  const margins = verdict.all.metrics.filter(({ bar }) => bar !== null)
  return (
    <section aria-label="Fixed beforehand">
      <SectionHead title="Fixed before the first pair" />
      <dl className="fixed-settings">
        <FactRow name="Comparison">
          {name} <span className="font-mono text-xs text-ink-3">{id}</span>
        </FactRow>
        <FactRow name="Began">
          {formatMoment(started_at)}
          {ended_at !== null && <>, ended {formatMoment(ended_at)}</>}
        </FactRow>
        <FactRow name="Worse by at most">
          {margins.length === 0
            ? 'no metric has a margin'
            : margins.map((metric) => `${metric.label} ${allowed(metric)}`).join(' · ')}
        </FactRow>
        <FactRow name="Evaluators">
          {settings.evaluators.join(', ') || 'none: quality is compared by people alone'}
        </FactRow>
        <FactRow name="Judge">
          {settings.judge === null ? 'none' : `route ${settings.judge.route}, asked in both orders`}
        </FactRow>
        <FactRow name="Cohorts">{settings.cohorts.join(', ') || 'none'}</FactRow>
      </dl>
    </section>
  )
}

function allowed({ shape, margin }: ExperimentDetail['verdict']['all']['metrics'][number]): string {
  return shape === 'bounded' ? String(margin) : formatDifference({ shape, better: 'lower' }, 1 + margin!)
}
