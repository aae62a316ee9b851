import type { CacheScopeQuality } from '../../server/http/admin/schemas.ts'

interface ThresholdLinesProps {
  scope: CacheScopeQuality
  start: number
  threshold: number
  named?: boolean
}

/** The threshold that is tried, the one of the route, and the one in force where errors have raised it. */
export function ThresholdLines({ scope, start, threshold, named = false }: ThresholdLinesProps) {
  const left = (value: number) => ({ left: `${((value - start) / (1 - start)) * 100}%` })
  const { base_threshold: base, threshold: inForce } = scope
  return (
    <>
      <span className="threshold-line" data-kind="base" style={left(base)} />
      {inForce !== null && inForce > base && (
        <span className="threshold-line" data-kind="raised" style={left(inForce)}>
          {named && (
            <span className="threshold-name" data-side={inForce > (1 + start) / 2 ? 'left' : 'right'}>
              in force
            </span>
          )}
        </span>
      )}
      <span className="threshold-line" data-kind="tried" style={left(threshold)}>
        {named && (
          <span className="threshold-name" data-side={threshold > (1 + start) / 2 ? 'left' : 'right'}>
            {threshold.toFixed(3)}
          </span>
        )}
      </span>
    </>
  )
}
