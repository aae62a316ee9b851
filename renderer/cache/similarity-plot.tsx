import type { CacheScopeQuality, TunedLookUp } from '../../server/http/admin/schemas.ts'
import { formatCount } from '../format.ts'
import { PlotColumn, PlotKey, ThresholdPlot } from '../parts/threshold-plot.tsx'
import { columnsOf } from './histogram.ts'
import { ThresholdLines } from './threshold-lines.tsx'
import { type Judgement, judgementOf, judgements } from './tune.ts'

interface SimilarityPlotProps {
  lookUps: readonly TunedLookUp[]
  scope: CacheScopeQuality
  start: number
  threshold: number
  set: (threshold: number) => void
}

const COLUMNS = 50

const words: Record<Judgement, string> = {
  wrong: 'the answer was wrong',
  unknown: 'not known',
  right: 'the answer was right',
  guarded: 'a guard objects, whatever the threshold',
}

/** Look-ups in columns, coloured by what is known of their answers; a press anywhere moves the threshold there. */
export function SimilarityPlot({ lookUps, scope, start, threshold, set }: SimilarityPlotProps) {
  const columns = columnsOf(lookUps, start, COLUMNS)
  const highest = Math.max(1, ...columns.map(({ total }) => total))
  return (
    <>
      <ul className="mb-2 flex flex-wrap gap-x-4 text-xs text-ink-2">
        {judgements.map((judgement) => (
          <PlotKey key={judgement} kind={judgement}>
            {words[judgement]}{' '}
            <span className="text-ink">
              {formatCount(lookUps.filter((each) => judgementOf(each) === judgement).length)}
            </span>
          </PlotKey>
        ))}
      </ul>
      <ThresholdPlot start={start} set={set}>
        {columns.map(({ from, to, counts }) => (
          <PlotColumn
            key={from}
            served={to > threshold}
            parts={judgements.map((kind) => ({ kind, height: (counts[kind] / highest) * 100 }))}
          />
        ))}
        <ThresholdLines scope={scope} start={start} threshold={threshold} named />
      </ThresholdPlot>
    </>
  )
}
