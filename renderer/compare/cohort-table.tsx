import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { formatCount, formatPlural } from '../format.ts'
import { useIsViewer } from '../role.ts'
import { AnswerMark, toneOf } from './answer-mark.tsx'
import { formatDifference, formatInterval } from './metric-words.ts'
import { useCompareAddress } from './page-address.ts'
import type { CohortVerdict, MetricVerdict } from './shapes.ts'
import { answerTones, answerWords, cohortParts, cohortValue, morePairsWords } from './words.ts'

/** The verdict for each group of requests. */
export function CohortTable({ experiment: { verdict, settings } }: { experiment: ExperimentDetail }) {
  const { change } = useCompareAddress()
  const isViewer = useIsViewer()
  const { all } = verdict
  // In the order in which they appeared, key by key.
  const cohorts = settings.cohorts.flatMap((key) =>
    verdict.cohorts.filter(({ cohort }) => cohort !== null && cohortParts(cohort).key === key),
  )
  const metrics = all.metrics.filter(({ id }) => all.decisive.includes(id))
  const show = isViewer ? null : (cohort: string | null) => change({ tab: 'pairs', cohort })
  return (
    <div className="pb-8">
      <p className="max-w-200 px-5 py-3 text-sm text-ink-2">
        {settings.cohorts.length === 0
          ? 'This comparison tells no groups apart: the route’s mirror names no cohorts.'
          : 'Each group has an answer of its own. All of them together are wrong no more often than the answer over all traffic: the later a group appeared, the more it takes to convince.'}
      </p>
      <div className="overflow-x-auto">
        <table className="route-table cohort-table" aria-label="Cohorts">
          <thead>
            <tr>
              <th scope="col">Cohort</th>
              <th scope="col" className="number">
                Pairs
              </th>
              <th scope="col">Answer</th>
              {metrics.map(({ id, label }) => (
                <th key={id} scope="col" className="number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row cohort={all} metrics={metrics} show={show} />
            {cohorts.map((cohort) => (
              <Row key={cohort.cohort} cohort={cohort} metrics={metrics} show={show} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

interface RowProps {
  cohort: CohortVerdict
  /** In the order of the heads. */
  metrics: readonly MetricVerdict[]
  /** `null` for those who may not see pairs. */
  show: ((cohort: string | null) => void) | null
}

function Row({ cohort, metrics, show }: RowProps) {
  const { answer, morePairs, why, pairs } = cohort
  return (
    <tr data-all={cohort.cohort === null}>
      <th scope="row">
        {show === null ? (
          <CohortName cohort={cohort.cohort} />
        ) : (
          <button type="button" className="hover:underline" title="Show its pairs" onClick={() => show(cohort.cohort)}>
            <CohortName cohort={cohort.cohort} />
          </button>
        )}
      </th>
      <td className="number">{formatCount(pairs)}</td>
      <td>
        <span className="flex items-center gap-2">
          <AnswerMark answer={answer} title={why} />
          {morePairs !== null && <span className="text-xs text-ink-3">{morePairsWords(morePairs)}</span>}
        </span>
      </td>
      {metrics.map(({ id }) => (
        <Cell key={id} metric={cohort.metrics.find((each) => each.id === id) ?? null} />
      ))}
    </tr>
  )
}

function CohortName({ cohort }: { cohort: string | null }) {
  if (cohort === null) return 'All traffic'
  const { key, value } = cohortParts(cohort)
  return (
    <>
      <span className="font-normal text-ink-3">{key}</span> {cohortValue(value)}
    </>
  )
}

/** A difference in the tone of its answer. */
function Cell({ metric }: { metric: MetricVerdict | null }) {
  if (!metric?.answer || metric.estimate === null) return <td className="number text-ink-3">—</td>
  const { answer, interval, pairs, estimate } = metric
  const range = interval ? `, ${formatInterval(metric, interval)}` : ''
  return (
    <td className="number" title={`${answerWords[answer]}${range}, ${formatPlural(pairs, 'pair')}`}>
      <span className="cohort-difference" style={toneOf(answerTones[answer])}>
        {formatDifference(metric, estimate)}
      </span>
    </td>
  )
}
