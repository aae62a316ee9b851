import type { CacheScopeQuality } from '../../server/http/admin/schemas.ts'
import { guardWords, type MeasuredGuard, type MeasuredRow } from './measured.ts'
import { ThresholdLines } from './threshold-lines.tsx'

interface MeasuredPlotProps {
  /** In order of their thresholds. */
  rows: readonly MeasuredRow[]
  guard: MeasuredGuard
  scope: CacheScopeQuality
  start: number
  threshold: number
}

/** Where all and nothing lie, from the top: both lines are seen whole, and over them is room for a figure. */
const [ALL, NOTHING] = [14, 98]

/** Recall and wrong hits over the threshold, from nothing to all. */
export function MeasuredPlot({ rows, guard, scope, start, threshold }: MeasuredPlotProps) {
  const line = (measure: 'recall' | 'wrong') =>
    rows
      .filter((row) => row.threshold >= start - 1e-9)
      .map((row) => {
        const x = ((row.threshold - start) / (1 - start)) * 100
        return `${x.toFixed(2)},${(NOTHING - row[measure] * (NOTHING - ALL)).toFixed(2)}`
      })
      .join(' ')
  return (
    <div className="tuner-plot curve-plot">
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Reworded questions served and changed questions served, by threshold, with ${guardWords[guard]}`}
      >
        <line x1={0} x2={100} y1={ALL} y2={ALL} className="curve-grid" />
        <polyline points={line('recall')} className="curve-line" data-kind="recall" />
        <polyline points={line('wrong')} className="curve-line" data-kind="wrong" />
      </svg>
      <span className="curve-top">100%</span>
      <ThresholdLines scope={scope} start={start} threshold={threshold} />
    </div>
  )
}
