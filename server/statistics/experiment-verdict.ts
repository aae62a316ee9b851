import type { Coverage, ExperimentSettings, PairRecord, SkipReason } from '../core/experiment.ts'
import { DEFAULT_SCORE_MARGIN, EXPERIMENT_METRICS, type ExperimentMetric } from '../core/experiment-policy.ts'
import type { ComparisonVerdict, MetricSpec } from '../core/metric-verdict.ts'
import { judgeComparison, type MetricColumns } from './judge.ts'

/** A pair with the mean of people's votes for the candidate, 0..1; `null`: nobody voted. */
export type JudgedPair = Pick<
  PairRecord,
  'baseline' | 'candidate' | 'self' | 'skipped' | 'change' | 'selfChange' | 'cohort'
> & { vote: number | null }

export interface ExperimentVerdict {
  coverage: Coverage
  verdict: ComparisonVerdict
  /** Values by cohort key, as pairs have them. */
  cohorts: Record<string, string[]>
}

/** A metric and where it stands in `ArmResult.measures`. */
interface Measured {
  spec: MetricSpec
  measure: string
  /** While no pair has it, it holds nothing up. */
  optional: boolean
}

/** Cohorts beyond these are not told apart: nobody has data for so many. */
const MOST_COHORTS = 50
/** So much more change than the primary's own counts as no more. */
const CHANGE_MARGIN = 0.05

/**
 * What an experiment's pairs say, in the order in which they came. A reply that failed has `success` 0 and is missing from
 * every other metric.
 */
export function experimentVerdict(settings: ExperimentSettings, pairs: readonly JudgedPair[]): ExperimentVerdict {
  const compared = pairs.filter(({ baseline, candidate }) => baseline !== null && candidate !== null)
  const cohorts = cohortsOf(settings.cohorts, compared)
  const selfPairs = compared.some(({ selfChange }) => selfChange !== null)
  return {
    coverage: coverageOf(pairs),
    verdict: judgeComparison({
      pairs: compared.length,
      metrics: metricsOf(settings).map((metric) => columnsOf(metric, compared)),
      change: selfPairs
        ? {
            candidate: compared.map(({ change }) => change?.amount ?? null),
            self: compared.map(({ selfChange }) => selfChange?.amount ?? null),
            margin: CHANGE_MARGIN,
          }
        : null,
      cohorts: cohorts.list,
      alpha: settings.alpha,
    }),
    cohorts: cohorts.values,
  }
}

/** Every metric of an experiment, with its margin where it takes part in the answer. */
export function metricsOf({ margins, evaluators, judge, optional = [] }: ExperimentSettings): Measured[] {
  const known = EXPERIMENT_METRICS.filter(({ id }) => id !== 'preference' || judge !== null)
  const scores = evaluators.map(scoreMetric)
  return [...known, ...scores].map(({ id, label, shape, better, margin, decisive, measure }) => ({
    spec: { id, label, shape, better, margin: margins[id] ?? (decisive ? margin : null) },
    measure,
    optional: optional.includes(id),
  }))
}

function scoreMetric(name: string): ExperimentMetric {
  return {
    id: `score:${name}`,
    label: `Score of ${name}`,
    measure: `score:${name}`,
    shape: 'bounded',
    better: 'higher',
    margin: DEFAULT_SCORE_MARGIN,
    decisive: true,
  }
}

function columnsOf({ spec, measure, optional }: Measured, pairs: readonly JudgedPair[]): MetricColumns {
  if (measure === 'votes')
    return {
      spec,
      optional,
      baseline: pairs.map(({ vote }) => (vote === null ? null : 1 - vote)),
      candidate: pairs.map(({ vote }) => vote),
    }
  const valuesOf = (side: 'baseline' | 'candidate' | 'self') =>
    pairs.map((pair) => pair[side]?.measures[measure] ?? null)
  return {
    spec,
    optional,
    baseline: valuesOf('baseline'),
    candidate: valuesOf('candidate'),
    ...(pairs.some(({ self }) => self !== null) ? { self: valuesOf('self') } : {}),
  }
}

export function coverageOf(
  pairs: readonly Pick<JudgedPair, 'candidate' | 'baseline' | 'self' | 'skipped'>[],
): Coverage {
  const skipped: Partial<Record<SkipReason, number>> = {}
  const counts = { paired: 0, candidateError: 0, candidateTimeout: 0, withSelf: 0 }
  for (const pair of pairs) {
    if (pair.skipped !== null) skipped[pair.skipped] = (skipped[pair.skipped] ?? 0) + 1
    else if (pair.candidate?.outcome === 'error') counts.candidateError += 1
    else if (pair.candidate?.outcome === 'timeout') counts.candidateTimeout += 1
    else counts.paired += 1
    if (pair.self !== null) counts.withSelf += 1
  }
  return { ...counts, skipped }
}

/** Groups in the order in which they first appeared: their levels go by it. */
function cohortsOf(keys: readonly string[], pairs: readonly JudgedPair[]) {
  const rows = new Map<string, number[]>()
  const values: Record<string, string[]> = Object.fromEntries(keys.map((key) => [key, []]))
  for (const [row, { cohort }] of pairs.entries())
    for (const key of keys) {
      const name = `${key}=${cohort[key] ?? '-'}`
      const known = rows.get(name)
      if (known) known.push(row)
      else if (rows.size < MOST_COHORTS) {
        rows.set(name, [row])
        values[key]!.push(cohort[key] ?? '-')
      }
    }
  return { list: [...rows].map(([cohort, numbers]) => ({ cohort, rows: numbers })), values }
}
