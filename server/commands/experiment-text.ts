import type { CohortVerdict, MetricVerdict } from '../core/metric-verdict.ts'
import type { ExperimentDetail, ExperimentRow } from '../http/admin/experiment-schemas.ts'
import { count, page, table } from './format.ts'

export function experimentsText(rows: readonly ExperimentRow[]): string {
  if (rows.length === 0) return page(['There are no comparisons yet.'])
  const lines = rows.map(({ id, kind, drawn, pairs, started_at, ended_at, name }) => [
    ...[id, kind, count(drawn), count(pairs)],
    started_at.slice(0, 16).replace('T', ' '),
    ended_at === null ? 'open' : 'ended',
    name,
  ])
  const heads = ['experiment', 'kind', 'drawn', 'pairs', 'started', 'state', 'name']
  return page(table([heads, ...lines], new Set([2, 3])))
}

/** The verdict of a comparison, metric by metric and cohort by cohort. */
export function experimentText({ id, name, baseline, candidate, coverage, verdict }: ExperimentDetail): string {
  const skipped = Object.entries(coverage.skipped).map(([why, number]) => `${why} ${count(number)}`)
  return page([
    `${name} (${id})`,
    `candidate ${candidate}, baseline ${baseline}`,
    `${count(coverage.paired)} pairs, candidate failed ${count(coverage.candidate_error)}, timed out ${count(coverage.candidate_timeout)}` +
      (skipped.length === 0 ? '' : `; not compared: ${skipped.join(', ')}`),
    '',
    ...verdictLines(verdict.all),
    ...verdict.cohorts.flatMap((cohort) => ['', ...cohortLine(cohort)]),
  ])
}

/** The answer, and what it comes of. */
export function verdictLines(verdict: CohortVerdict): string[] {
  return [
    `verdict: ${verdict.answer}`,
    verdict.why,
    '',
    ...table([
      ['metric', 'answer', 'candidate', 'baseline', 'difference', 'allowed', 'pairs'],
      ...verdict.metrics.filter(({ pairs }) => pairs > 0).map(metricLine),
    ]),
  ]
}

function metricLine(metric: MetricVerdict): string[] {
  const { label, answer, candidate, baseline, estimate, interval, bar, pairs, shape } = metric
  const ends = interval ? ` (${numberText(interval.lower)} to ${numberText(interval.upper)})` : ''
  const allowed = bar === null ? '-' : `${shape === 'bounded' ? 'above' : 'below'} ${numberText(bar)}`
  return [
    label,
    answer ?? 'shown only',
    numberText(candidate),
    numberText(baseline),
    `${numberText(estimate)}${ends}`,
    allowed,
    count(pairs),
  ]
}

function cohortLine({ cohort, answer, pairs, why }: CohortVerdict): string[] {
  return [`${cohort}: ${answer}, ${count(pairs)} pairs`, `  ${why}`]
}

/** Four digits that count. */
function numberText(number: number | null): string {
  return number === null ? '-' : String(Number(number.toPrecision(4)))
}
