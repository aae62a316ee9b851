import type { PointerEvent } from 'react'
import type { GuardTuning } from '../../server/http/admin/schemas.ts'
import { formatCount } from '../format.ts'
import { formatScore } from './words.ts'

interface ScorePlotProps {
  tuning: GuardTuning
  threshold: number
  set: (threshold: number) => void
}

type Column = GuardTuning['scores'][number]

const parts: readonly { name: string; kind: string; of: (column: Column) => number }[] = [
  { name: 'called harmless', kind: 'right', of: ({ harmless }) => harmless },
  { name: 'called harmful', kind: 'wrong', of: ({ harmful }) => harmful },
  {
    name: 'nobody has judged',
    kind: 'unknown',
    of: ({ acted, passed, harmful, harmless }) => acted + passed - harmful - harmless,
  },
]

/** Most of what goes by scores next to nothing: columns grow with the root, so that the few others are seen, too. */
const height = (count: number, highest: number) => Math.sqrt(count / highest) * 100

/** Recorded scores in columns; a press anywhere moves the threshold there. */
export function ScorePlot({ tuning, threshold, set }: ScorePlotProps) {
  const { scores } = tuning
  const total = (column: Column) => column.acted + column.passed
  const highest = Math.max(1, ...scores.map(total))
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons === 0) return
    const { left, width } = event.currentTarget.getBoundingClientRect()
    set((event.clientX - left) / width)
  }
  return (
    <>
      <ul className="mb-2 flex flex-wrap gap-x-4 text-xs text-ink-2">
        {parts.map(({ name, kind, of }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span className="judged size-2 rounded-[2.5px]" data-judged={kind} />
            {name} <span className="text-ink">{formatCount(scores.reduce((sum, column) => sum + of(column), 0))}</span>
          </li>
        ))}
        <li className="ml-auto text-ink-3">height: square root of the count</li>
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
        {scores.map((column) => {
          const whole = height(total(column), highest)
          return (
            <span key={column.from} className="plot-column" data-served={column.to > threshold} title={titleOf(column)}>
              {parts.map(
                ({ kind, of }) =>
                  of(column) > 0 && (
                    <span
                      key={kind}
                      className="judged"
                      data-judged={kind}
                      style={{ height: `${(of(column) / total(column)) * whole}%` }}
                    />
                  ),
              )}
            </span>
          )
        })}
        <Line at={tuning.threshold} kind="base" />
        <Line at={threshold} kind="tried" name={formatScore(threshold)} />
      </div>
    </>
  )
}

function titleOf(column: Column): string {
  return `${column.from.toFixed(2)} to ${column.to.toFixed(2)}: ${formatCount(column.acted + column.passed)}`
}

function Line({ at, kind, name }: { at: number; kind: string; name?: string }) {
  return (
    <span className="threshold-line" data-kind={kind} style={{ left: `${at * 100}%` }}>
      {name && (
        <span className="threshold-name" data-side={at > 0.5 ? 'left' : 'right'}>
          {name}
        </span>
      )}
    </span>
  )
}
