import { useMemo } from 'react'
import type { Stats } from '../../server/http/admin/schemas.ts'
import { formatDuration, formatShort, formatTick } from '../format.ts'
import { Chart } from './chart.tsx'
import type { ChartSeries } from './chart-props.ts'

/** Requests by how they ended, and how long they took, over the window. */
export function OverviewCharts({ stats }: { stats: Stats }) {
  const { times, counts, latency } = useMemo(() => toSeries(stats), [stats])
  return (
    <div className="grid grid-cols-2 border-b border-line max-[1150px]:grid-cols-1">
      <Chart
        title="Requests"
        times={times}
        series={counts}
        kind="stacked-bars"
        format={formatShort}
        tick={formatShort}
      />
      <div className="min-w-0 min-[1151px]:border-l min-[1151px]:border-line">
        <Chart title="Duration" times={times} series={latency} kind="lines" format={formatDuration} tick={formatTick} />
      </div>
    </div>
  )
}

/** A request that failed even after a fallback counts once, as an error. */
function toSeries({ series: steps, step_ms, total }: Stats): {
  times: number[]
  counts: ChartSeries[]
  latency: ChartSeries[]
} {
  const of = (value: (step: Stats['series'][number]) => number | null) => steps.map(value)
  return {
    times: steps.map((step) => Date.parse(step.ts) + step_ms / 2),
    counts: [
      { name: 'Errors', token: '--error', values: of((step) => step.errors), summary: formatShort(total.errors) },
      { name: 'Refused', token: '--refused', values: of((step) => step.refused), summary: formatShort(total.refused) },
      { name: 'Answered', token: '--answered', values: of(answered), summary: formatShort(answered(total)) },
    ],
    latency: [
      { name: 'p50', token: '--ink-3', values: of((step) => step.p50_ms), summary: formatDuration(total.p50_ms) },
      { name: 'p95', token: '--focus', values: of((step) => step.p95_ms), summary: formatDuration(total.p95_ms) },
    ],
  }
}

function answered(figures: Stats['total']): number {
  return figures.requests - figures.errors - figures.refused
}
