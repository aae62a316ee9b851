import type { PromotionRow } from '../../server/http/admin/schemas.ts'
import { AnswerMark } from '../compare/answer-mark.tsx'
import { formatDifference, formatInterval, formatValue } from '../compare/metric-words.ts'
import { formatCount } from '../format.ts'

type Verdict = NonNullable<PromotionRow['live']>['verdict']

/** What live traffic says since the step began, in words, with the metrics that decide. */
export function LiveVerdict({ verdict, candidate }: { verdict: Verdict; candidate: string }) {
  const { answer, why, metrics, decisive } = verdict
  const deciding = metrics.filter(({ id }) => decisive.includes(id))
  return (
    <>
      <p className="promote-text flex items-start gap-x-2">
        <span className="label flex-none pt-px">Live verdict</span>
        <AnswerMark answer={answer} />
        <span className="min-w-0 flex-1">{why}</span>
      </p>
      {deciding.length > 0 && (
        <div className="overflow-x-auto">
          <table className="live-metrics" aria-label="Metrics that decide about live traffic">
            <thead>
              <tr>
                <th scope="col">Metric</th>
                <th scope="col">Answer</th>
                <th scope="col" className="number">
                  Difference
                </th>
                <th scope="col" className="number">
                  Baseline → candidate
                </th>
                <th scope="col" className="number" title={`Replies of ${candidate} with some of the baseline’s each`}>
                  Compared
                </th>
              </tr>
            </thead>
            <tbody>
              {deciding.map((metric) => (
                <tr key={metric.id} title={metric.why}>
                  <th scope="row">{metric.label}</th>
                  <td>{metric.answer && <AnswerMark answer={metric.answer} />}</td>
                  <td className="number">
                    {formatDifference(metric, metric.estimate)}
                    {metric.interval && (
                      <span className="ml-2 text-ink-3">{formatInterval(metric, metric.interval)}</span>
                    )}
                  </td>
                  <td className="number">
                    <span className="text-ink-2">{formatValue(metric, metric.baseline)}</span>{' '}
                    <span className="text-ink-3">→</span> {formatValue(metric, metric.candidate)}
                  </td>
                  <td className="number">{formatCount(metric.pairs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
