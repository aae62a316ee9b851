import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { formatCount } from '../format.ts'
import { AnswerMark } from './answer-mark.tsx'
import { Descriptive } from './descriptive.tsx'
import { IntervalPlot } from './interval-plot.tsx'
import { plottedMetric } from './interval-scale.ts'
import { formatDifference, formatInterval, formatValue } from './metric-words.ts'
import type { MetricVerdict } from './shapes.ts'
import { answerTones } from './words.ts'

/** One metric: its answer, where the difference lies against the bar, and what is behind it. */
export function MetricItem({ metric }: { metric: MetricVerdict }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const { label, answer, pairs, missing, estimate, interval, morePairs, why } = metric
  return (
    <li className="metric" aria-label={label}>
      <div className="metric-name">
        <button
          type="button"
          className="metric-toggle"
          aria-expanded={open}
          aria-controls={id}
          title="Statistics for one look"
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={13} aria-hidden className="flex-none text-ink-3" data-turned={open} />
          <span className="font-medium">{label}</span>
        </button>
        {answer && <AnswerMark answer={answer} />}
        <p className="metric-why">{why}</p>
      </div>
      <IntervalPlot
        plotted={plottedMetric(metric)}
        tone={answer === null || answer === 'not-enough-data' ? 'ink-2' : answerTones[answer]}
        format={(value) => formatDifference(metric, value)}
        words={wordsOf(metric)}
      />
      <div className="metric-difference number" data-name="Difference">
        <span className="font-medium">{formatDifference(metric, estimate)}</span>
        {interval && <span className="block text-xs text-ink-2">{formatInterval(metric, interval)}</span>}
      </div>
      <div className="metric-values number" data-name="Baseline → candidate">
        <span className="text-ink-2">{formatValue(metric, metric.baseline)}</span> <span className="text-ink-3">→</span>{' '}
        {formatValue(metric, metric.candidate)}
        <span className="block text-xs text-ink-3">{measures[metric.shape]}</span>
      </div>
      <div className="metric-pairs number" data-name="Pairs">
        {formatCount(pairs)}
        {missing > 0 && (
          <span className="block text-xs text-ink-3" title="Pairs that lack it on one side or on both">
            {formatCount(missing)} lack it
          </span>
        )}
        {morePairs !== null && <span className="block text-xs text-ink-2">about {formatCount(morePairs)} more</span>}
      </div>
      {open && (
        <div id={id} className="metric-more">
          <Descriptive metric={metric} />
        </div>
      )}
    </li>
  )
}

const measures: Record<MetricVerdict['shape'], string> = { bounded: 'mean', 'ratio-p50': 'median', 'ratio-p95': 'p95' }

/** The plot for those who do not see it. */
function wordsOf(metric: MetricVerdict): string {
  const { estimate, interval, bar, noise } = metric
  const told = [
    `difference ${formatDifference(metric, estimate)}`,
    ...(interval ? [`interval ${formatInterval(metric, interval)}`] : []),
    ...(bar === null ? [] : [`bar ${formatDifference(metric, bar)}`]),
    ...(noise?.interval ? [`primary against itself ${formatInterval(metric, noise.interval)}`] : []),
  ]
  return told.join(', ')
}
