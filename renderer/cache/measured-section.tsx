import { type ReactNode, useState } from 'react'
import type { CacheScopeQuality, MeasuredQuality } from '../../server/http/admin/schemas.ts'
import { formatCount } from '../format.ts'
import { SectionHead } from '../parts/section-head.tsx'
import { ThresholdAxis } from '../parts/threshold-slider.tsx'
import { formatMeasured, guardWords, type MeasuredGuard, measuredGuards, rowAt, rowsOf, sizesOf } from './measured.ts'
import { MeasuredPlot } from './measured-plot.tsx'

interface MeasuredSectionProps {
  measured: MeasuredQuality | null
  scope: CacheScopeQuality
  start: number
  threshold: number
  /** Between the plot and its axis. */
  children?: ReactNode
}

/** What the embedder did on questions made for it, before anybody asked one here. */
export function MeasuredSection({ measured, scope, start, threshold, children }: MeasuredSectionProps) {
  const [chosen, choose] = useState<MeasuredGuard | null>(null)
  const guard = chosen ?? scope.guard
  return (
    <section aria-label="Measured before it shipped" className="pb-4">
      <SectionHead title="Measured before it shipped">
        {measured && <GuardChoice chosen={guard} choose={choose} />}
      </SectionHead>
      <div className="px-5">
        {measured ? (
          <>
            <p className="mb-2 flex flex-wrap gap-x-4 text-xs text-ink-2">
              <span className="flex items-center gap-1.5">
                <span className="curve-key" data-kind="recall" /> reworded questions that were served
              </span>
              <span className="flex items-center gap-1.5">
                <span className="curve-key" data-kind="wrong" /> changed questions that were served: wrong hits
              </span>
            </p>
            <MeasuredPlot
              rows={rowsOf(measured, guard)}
              guard={guard}
              scope={scope}
              start={start}
              threshold={threshold}
            />
            {children}
            <ThresholdAxis start={start} />
            <Reading measured={measured} guard={guard} threshold={threshold} />
          </>
        ) : (
          <NotMeasured />
        )}
      </div>
    </section>
  )
}

function GuardChoice({ chosen, choose }: { chosen: MeasuredGuard; choose: (guard: MeasuredGuard) => void }) {
  return (
    <fieldset className="-mb-1 flex flex-none gap-0.5" aria-label="Guard to show">
      {measuredGuards.map((guard) => (
        <button
          key={guard}
          type="button"
          aria-pressed={guard === chosen}
          className={`h-6 rounded-md px-2 text-xs whitespace-nowrap ${guard === chosen ? 'bg-selected font-medium text-ink' : 'text-ink-2 hover:bg-hover'}`}
          onClick={() => choose(guard)}
        >
          {guardWords[guard]}
        </button>
      ))}
    </fieldset>
  )
}

function Reading({
  measured,
  guard,
  threshold,
}: {
  measured: MeasuredQuality
  guard: MeasuredGuard
  threshold: number
}) {
  const row = rowAt(measured, guard, threshold)
  const { edits, variants } = sizesOf(measured)
  return (
    <div className="mt-1 max-w-180 text-sm text-ink-2">
      {row ? (
        <p>
          From {row.threshold.toFixed(2)} on, with {guard === 'none' ? 'no guard' : `the ${guardWords[guard]}`},{' '}
          <strong className="font-semibold text-ink">{formatMeasured(row.recall)}</strong> of {formatCount(variants)}{' '}
          reworded questions were served, and{' '}
          <strong className={`font-semibold ${row.wrong > 0 ? 'text-error' : 'text-ink'}`}>
            {formatMeasured(row.wrong)}
          </strong>{' '}
          of {formatCount(edits)} with one thing changed: a number, a name, a place, a date, a negation.
        </p>
      ) : (
        <p>Nothing was measured below {rowsOf(measured, guard)[0]?.threshold.toFixed(2)}.</p>
      )}
      <p className="mt-1 text-xs text-ink-3">
        Made-up questions through {measured.embedder}, which ships with {measured.threshold.toFixed(2)} and the{' '}
        {guardWords[measured.guard]}. What your own callers ask is told by the checks.
      </p>
    </div>
  )
}

function NotMeasured() {
  return (
    <div className="max-w-180 text-sm text-ink-2">
      <p>The embedder in use was not measured before it shipped. In a checkout of Gatehouse you can measure it:</p>
      <p className="mt-2 grid gap-1 font-mono text-xs text-ink">
        <code>npm run eval:cache -- --url BASE_URL --model NAME</code>
        <code>npm run eval:cache -- --onnx FOLDER</code>
      </p>
    </div>
  )
}
