import type { ReactNode } from 'react'
import { formatCount } from '../format.ts'
import { formatValue } from './metric-words.ts'
import type { MetricVerdict } from './shapes.ts'

/** Statistics that readers know, for one look at a size that was fixed beforehand. */
export function Descriptive({ metric }: { metric: MetricVerdict }) {
  const { baseline, candidate, mcnemar, bootstrap } = metric.descriptive
  const { interval, noise } = metric
  const value = (each: number | null) => formatValue(metric, each)
  return (
    <>
      <p className="mb-2 text-xs text-ink-3">
        <strong className="font-medium text-ink-2">For one look, does not decide.</strong> Whoever looks at these after
        every pair finds sooner or later what he looks for; the answer above holds at every look.
      </p>
      <div className="flex flex-wrap gap-x-10 gap-y-3">
        <table className="small-table">
          <thead>
            <tr>
              <th scope="col" />
              <th scope="col">Mean</th>
              <th scope="col">Median</th>
              <th scope="col">p95</th>
            </tr>
          </thead>
          <tbody>
            <Sums name="Baseline" values={[baseline.mean, baseline.median, baseline.p95].map(value)} />
            <Sums name="Candidate" values={[candidate.mean, candidate.median, candidate.p95].map(value)} />
          </tbody>
        </table>
        <ul className="grid content-start gap-1 text-sm">
          {mcnemar && (
            <Line name="McNemar, exact, two-sided">
              only the baseline {formatCount(mcnemar.onlyBaseline)}, only the candidate{' '}
              {formatCount(mcnemar.onlyCandidate)}, p {formatP(mcnemar.pValue)}
            </Line>
          )}
          {bootstrap && (
            <>
              <Line name="Median difference, 95 %">{range(metric, bootstrap.medianDifference)}</Line>
              <Line name="p95 difference, 95 %">{range(metric, bootstrap.p95Difference)}</Line>
              <li className="text-xs text-ink-3">
                candidate minus baseline, bootstrap of the newest {formatCount(bootstrap.pairs)} pairs
              </li>
            </>
          )}
          {interval && (
            <Line name="Level of the interval above">{formatLevel(interval.level)} at every look at once</Line>
          )}
          {noise && <Line name="Primary against itself">{formatCount(noise.pairs)} pairs with a second reply</Line>}
        </ul>
      </div>
    </>
  )
}

function Sums({ name, values }: { name: string; values: readonly string[] }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {values.map((each, index) => (
        <td key={index}>{each}</td>
      ))}
    </tr>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li>
      <span className="text-ink-3">{name}:</span> {children}
    </li>
  )
}

function range(
  metric: MetricVerdict,
  { estimate, lower, upper }: { estimate: number; lower: number; upper: number },
): string {
  const value = (each: number) => (each < 0 ? `−${formatValue(metric, -each)}` : formatValue(metric, each))
  return `${value(estimate)} (${value(lower)} to ${value(upper)})`
}

function formatP(value: number): string {
  return value < 0.0001 ? '< 0.0001' : `= ${value.toFixed(4)}`
}

function formatLevel(level: number): string {
  return `${Number((level * 100).toFixed(2))} %`
}
