import type { PointerEvent } from 'react'
import type { CacheScopeQuality, TunedLookUp } from '../../server/http/admin/schemas.ts'
import { formatCount } from '../format.ts'
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
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 0) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    set(start + ((event.clientX - left) / width) * (1 - start))
  }
  return (
    <>
      <ul className="mb-2 flex flex-wrap gap-x-4 text-xs text-ink-2">
        {judgements.map((judgement) => (
          <li key={judgement} className="flex items-center gap-1.5">
            <span className="judged size-2 rounded-[2.5px]" data-judged={judgement} />
            {words[judgement]}{' '}
            <span className="text-ink">
              {formatCount(lookUps.filter((each) => judgementOf(each) === judgement).length)}
            </span>
          </li>
        ))}
      </ul>
      {/* The slider beneath is the same for the keyboard. */}
      <div
        className="tuner-plot similarity-plot"
        aria-hidden
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          drag(event)
        }}
        onPointerMove={drag}
      >
        {columns.map((column) => (
          <span key={column.from} className="plot-column" data-served={column.to > threshold}>
            {judgements.map(
              (judgement) =>
                column.counts[judgement] > 0 && (
                  <span
                    key={judgement}
                    className="judged"
                    data-judged={judgement}
                    style={{ height: `${(column.counts[judgement] / highest) * 100}%` }}
                  />
                ),
            )}
          </span>
        ))}
        <ThresholdLines scope={scope} start={start} threshold={threshold} named />
      </div>
    </>
  )
}
