import type { ArmResult } from '../core/experiment.ts'
import { cohortValue } from '../core/run.ts'
import { type MeanInterval, meanInterval } from './mean-interval.ts'
import { medianOfSorted, quantileOfSorted } from './quantiles.ts'

/** One request of a run, and the value of the fact that it is grouped by. */
export interface SummarizedOutcome {
  baseline: ArmResult | null
  candidate: ArmResult | null
  /** `null`: it has none. */
  fact: string | null
}

/** How one side did. */
export interface ArmSummary {
  /** Requests for which it answered or failed. */
  n: number
  success: MeanInterval
  /** What else is a share of requests, by measure: `schema`, `refusal`, `guardrail_block`, `preference`, `diverged`. */
  rates: Record<string, MeanInterval>
  /** By evaluator. */
  scores: Record<string, MeanInterval>
  latencyP50: number | null
  latencyP95: number | null
  ttftP50: number | null
  ttftP95: number | null
  /** All together. */
  outputTokens: number
  /** Dollars all together; `null` where that of a reply is not known. */
  costUsd: number | null
}

export interface SummaryRow {
  /** `null`: all. */
  value: string | null
  n: number
  candidate: ArmSummary
  /** `null`: no request has one. */
  baseline: ArmSummary | null
}

export interface RunSummary {
  total: SummaryRow
  /** By value, the largest first; none where nothing is grouped by. */
  rows: SummaryRow[]
}

const RATES = ['schema', 'refusal', 'guardrail_block', 'preference', 'diverged'] as const
/** Values beyond these are not told apart. */
const MOST_ROWS = 500

/** What a run is summarised by. */
export interface SummaryQuestion {
  /** Names of the evaluators that are shown. */
  evaluators: readonly string[]
  /** The fact's name; `null`: nothing is grouped by. */
  by: string | null
}

export function summarizeRun(outcomes: readonly SummarizedOutcome[], { evaluators, by }: SummaryQuestion): RunSummary {
  const groups = new Map<string, SummarizedOutcome[]>()
  if (by !== null)
    for (const outcome of outcomes) {
      const value = cohortValue(by, outcome.fact === null ? {} : { [by]: outcome.fact })
      const group = groups.get(value)
      if (group) group.push(outcome)
      else groups.set(value, [outcome])
    }
  const rows = [...groups].map(([value, group]) => rowOf(value, group, evaluators))
  rows.sort((one, other) => other.n - one.n || (one.value! < other.value! ? -1 : 1))
  return { total: rowOf(null, outcomes, evaluators), rows: rows.slice(0, MOST_ROWS) }
}

function rowOf(
  value: string | null,
  outcomes: readonly SummarizedOutcome[],
  evaluators: readonly string[],
): SummaryRow {
  const side = (name: 'baseline' | 'candidate') =>
    outcomes.flatMap((outcome) => (outcome[name] === null ? [] : [outcome[name]]))
  const baseline = side('baseline')
  return {
    value,
    n: outcomes.length,
    candidate: summarizeArm(side('candidate'), evaluators),
    baseline: baseline.length === 0 ? null : summarizeArm(baseline, evaluators),
  }
}

function summarizeArm(results: readonly ArmResult[], evaluators: readonly string[]): ArmSummary {
  const of = (measure: string) =>
    results.flatMap(({ measures }) => {
      const value = measures[measure] ?? null
      return value === null ? [] : [value]
    })
  const told = (name: string) => of(name).length > 0
  const latency = Float64Array.from(of('latency')).sort()
  const ttft = Float64Array.from(of('ttft')).sort()
  return {
    n: results.length,
    success: meanInterval(of('success')),
    rates: intervalsOf(RATES.filter(told), of),
    scores: intervalsOf(
      evaluators.filter((name) => told(`score:${name}`)),
      (name) => of(`score:${name}`),
    ),
    latencyP50: medianOfSorted(latency),
    latencyP95: quantileOfSorted(latency, 0.95),
    ttftP50: medianOfSorted(ttft),
    ttftP95: quantileOfSorted(ttft, 0.95),
    outputTokens: sum(of('tokens')),
    costUsd: results.some(({ error, measures }) => error === null && (measures.cost ?? null) === null)
      ? null
      : sum(of('cost')),
  }
}

function intervalsOf(names: readonly string[], of: (name: string) => number[]): Record<string, MeanInterval> {
  return Object.fromEntries(names.map((name) => [name, meanInterval(of(name))]))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
