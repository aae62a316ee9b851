import type { CacheScopeQuality } from '../../server/http/admin/schemas.ts'
import { ThresholdLines } from './threshold-lines.tsx'
import { formatRate } from './words.ts'

/** The estimated share of wrong hits over the threshold, with its bounds and what the route bears. */
export function CurvePlot({ scope, start, threshold }: { scope: CacheScopeQuality; start: number; threshold: number }) {
  const points = scope.curve.flatMap(({ threshold: at, wrong }) =>
    wrong === null || at < start ? [] : [{ x: ((at - start) / (1 - start)) * 100, ...wrong }],
  )
  const top = Math.min(1, Math.max(4 * scope.max_error, ...points.map(({ estimate }) => estimate * 1.6)))
  const y = (share: number) => 100 - (Math.min(share, top) / top) * 100
  const line = points.map(({ x, estimate }) => `${x},${y(estimate)}`).join(' ')
  const area = [
    ...points.map(({ x, high }) => `${x},${y(high)}`),
    ...points.toReversed().map(({ x, low }) => `${x},${y(low)}`),
  ].join(' ')
  return (
    <div className="tuner-plot curve-plot">
      {points.length === 0 && (
        <p className="absolute inset-0 grid place-content-center text-sm text-ink-3">
          No hit was compared or reviewed yet
        </p>
      )}
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Estimated share of wrong hits by threshold; ${formatRate(scope.max_error)} is bearable`}
      >
        <polygon points={area} className="curve-area" />
        <line x1={0} x2={100} y1={y(scope.max_error)} y2={y(scope.max_error)} className="curve-limit" />
        <polyline points={line} className="curve-line" />
      </svg>
      {points.length > 0 && <span className="curve-top">{formatRate(top)}</span>}
      <ThresholdLines scope={scope} start={start} threshold={threshold} />
    </div>
  )
}
