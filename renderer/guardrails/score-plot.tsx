import type { GuardTuning } from '../../server/http/admin/schemas.ts'
import { formatCount } from '../format.ts'
import { PlotColumn, PlotKey, ThresholdLine, ThresholdPlot } from '../parts/threshold-plot.tsx'
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
  return (
    <>
      <ul className="mb-2 flex flex-wrap gap-x-4 text-xs text-ink-2">
        {parts.map(({ name, kind, of }) => (
          <PlotKey key={name} kind={kind}>
            {name} <span className="text-ink">{formatCount(scores.reduce((sum, column) => sum + of(column), 0))}</span>
          </PlotKey>
        ))}
        <li className="ml-auto text-ink-3">height: square root of the count</li>
      </ul>
      <ThresholdPlot start={0} set={set}>
        {scores.map((column) => {
          const whole = height(total(column), highest)
          return (
            <PlotColumn
              key={column.from}
              served={column.to > threshold}
              title={titleOf(column)}
              parts={parts.map(({ kind, of }) => ({
                kind,
                height: of(column) > 0 ? (of(column) / total(column)) * whole : 0,
              }))}
            />
          )
        })}
        <ThresholdLine at={tuning.threshold} start={0} kind="base" />
        <ThresholdLine at={threshold} start={0} kind="tried" name={formatScore(threshold)} />
      </ThresholdPlot>
    </>
  )
}

function titleOf(column: Column): string {
  return `${column.from.toFixed(2)} to ${column.to.toFixed(2)}: ${formatCount(column.acted + column.passed)}`
}
