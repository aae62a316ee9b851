import type { CacheScopeQuality } from '../../server/http/admin/schemas.ts'
import { ThresholdLine } from '../parts/threshold-plot.tsx'

interface ThresholdLinesProps {
  scope: CacheScopeQuality
  start: number
  threshold: number
  named?: boolean
}

/** The threshold that is tried, the one of the route, and the one in force where errors have raised it. */
export function ThresholdLines({ scope, start, threshold, named = false }: ThresholdLinesProps) {
  const { base_threshold: base, threshold: inForce } = scope
  return (
    <>
      <ThresholdLine at={base} start={start} kind="base" />
      {inForce !== null && inForce > base && (
        <ThresholdLine at={inForce} start={start} kind="raised" name={named ? 'in force' : undefined} />
      )}
      <ThresholdLine at={threshold} start={start} kind="tried" name={named ? threshold.toFixed(3) : undefined} />
    </>
  )
}
