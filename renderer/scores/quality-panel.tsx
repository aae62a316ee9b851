import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api.ts'
import { Failure } from '../parts/failure.tsx'
import { SectionHead } from '../parts/section-head.tsx'
import type { TimeWindow } from '../parts/time-window.tsx'
import { qualityOf, stepStarts } from './quality.ts'
import { QualityRows } from './quality-rows.tsx'

/** More than these are shown on demand. */
const FIRST_ROWS = 8

/** What evaluators said of live replies over the window, by route and target. Nothing where they said nothing. */
export function QualityPanel({ timeWindow: { milliseconds, steps, refresh } }: { timeWindow: TimeWindow }) {
  const [all, setAll] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['scores', milliseconds],
    queryFn: ({ signal }) => api.scores(milliseconds, steps, signal),
    refetchInterval: refresh,
    placeholderData: keepPreviousData,
    select: (series) => ({ rows: qualityOf(series, steps), times: stepStarts(series, steps), step: series.step_ms }),
  })
  if (error && !data) return <Failure what="The scores" error={error} retry={() => void refetch()} />
  if (!data || data.rows.length === 0) return null
  const shown = all ? data.rows : data.rows.slice(0, FIRST_ROWS)
  const middles = data.times.map((time) => time + data.step / 2)
  return (
    <section className="border-b border-line pb-3" aria-label="Quality by evaluator">
      <SectionHead title="Quality by evaluator" />
      <div className="overflow-x-auto">
        <table className="route-table quality-table">
          <thead>
            <tr>
              <th scope="col">Route</th>
              <th scope="col">Evaluator</th>
              <th scope="col">Target</th>
              <th scope="col" className="number">
                Replies
              </th>
              <th scope="col" className="number" title="0 to 1, over all replies that were scored">
                Mean
              </th>
              <th scope="col" className="number" title="Replies that met the evaluator’s bar">
                Passed
              </th>
              <th scope="col">Mean over time</th>
            </tr>
          </thead>
          {shown.map((quality, index) => (
            <QualityRows
              key={`${quality.route} ${quality.evaluator}`}
              quality={quality}
              isNewRoute={quality.route !== shown[index - 1]?.route}
              times={middles}
            />
          ))}
        </table>
      </div>
      {shown.length < data.rows.length && (
        <button type="button" className="button mx-5 mt-3" onClick={() => setAll(true)}>
          Show all {data.rows.length}
        </button>
      )}
    </section>
  )
}
