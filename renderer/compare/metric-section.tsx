import { SectionHead } from '../parts/section-head.tsx'
import { MetricItem } from './metric-item.tsx'
import type { MetricVerdict } from './shapes.ts'

interface MetricSectionProps {
  title: string
  /** What sets them apart. */
  note: string
  metrics: readonly MetricVerdict[]
}

/** Metrics one under the other; nothing where there are none. */
export function MetricSection({ title, note, metrics }: MetricSectionProps) {
  if (metrics.length === 0) return null
  return (
    <section aria-label={title} className="metrics">
      <SectionHead title={title}>
        <IntervalLegend noise={metrics.some(({ noise }) => noise !== null)} />
      </SectionHead>
      <p className="px-5 pb-2 text-xs text-ink-3">{note}</p>
      <div className="metric-heads label" aria-hidden>
        <span>Metric</span>
        <span className="flex justify-between">
          <span>← candidate worse</span>
          <span>candidate better →</span>
        </span>
        <span className="number">Difference</span>
        <span className="number">Baseline → candidate</span>
        <span className="number">Pairs</span>
      </div>
      <ul>
        {metrics.map((metric) => (
          <MetricItem key={metric.id} metric={metric} />
        ))}
      </ul>
    </section>
  )
}

/** What the plots show. */
function IntervalLegend({ noise }: { noise: boolean }) {
  return (
    <ul className="interval-legend">
      <li title="A confidence sequence: it holds at every look at once, however often somebody looks">
        <span className="interval-key" /> difference, at every look
      </li>
      {noise && (
        <li title="The primary’s second reply in the candidate’s place">
          <span className="interval-key" data-kind="noise" /> primary against itself
        </li>
      )}
      <li title="The candidate may be worse up to here">
        <span className="interval-key" data-kind="bar" /> margin
      </li>
    </ul>
  )
}
