import { formatCount } from '../format.ts'
import { SectionHead } from '../parts/section-head.tsx'
import { toneOf } from './answer-mark.tsx'
import { IntervalPlot } from './interval-plot.tsx'
import { plottedChange } from './interval-scale.ts'
import { formatDifference, formatInterval } from './metric-words.ts'
import type { ChangeVerdict } from './shapes.ts'
import { changeAnswerTones, changeAnswerWords } from './words.ts'

/** As it is measured: more is further away. */
const shape = { shape: 'bounded', better: 'higher' } as const

/** Whether replies differ more than those of the primary differ among themselves. */
export function ChangeSection({ change }: { change: ChangeVerdict }) {
  const { answer, why, estimate, interval, margin, pairs, morePairs } = change
  const share = (value: number | null) => (value === null ? '—' : value.toFixed(3))
  const words = `difference ${formatDifference(shape, estimate)}${interval ? `, interval ${formatInterval(shape, interval)}` : ''}, bar ${formatDifference(shape, margin)}`
  return (
    <section aria-label="Change" className="metrics">
      <SectionHead title="Does it differ more than the primary from itself?">
        <span className="truncate text-xs text-ink-3">0 the same … 1 nothing in common; decides nothing</span>
      </SectionHead>
      <div className="metric metric-first">
        <div className="metric-name">
          <span className="font-medium">Change of the replies</span>
          <span className="answer-mark" style={toneOf(changeAnswerTones[answer])}>
            {changeAnswerWords[answer]}
          </span>
          <p className="metric-why">{why}</p>
        </div>
        <IntervalPlot
          plotted={plottedChange(change)}
          tone={changeAnswerTones[answer]}
          format={(value) => formatDifference(shape, value)}
          words={words}
        />
        <div className="metric-difference number" data-name="Difference">
          <span className="font-medium">{formatDifference(shape, estimate)}</span>
          {interval && <span className="block text-xs text-ink-2">{formatInterval(shape, interval)}</span>}
        </div>
        <div className="metric-values number" data-name="Itself → candidate">
          <span className="text-ink-2">{share(change.self)}</span> <span className="text-ink-3">→</span>{' '}
          {share(change.candidate)}
          <span className="block text-xs text-ink-3">itself → candidate</span>
        </div>
        <div className="metric-pairs number" data-name="Pairs">
          {formatCount(pairs)}
          {morePairs !== null && <span className="block text-xs text-ink-2">about {formatCount(morePairs)} more</span>}
        </div>
      </div>
    </section>
  )
}
