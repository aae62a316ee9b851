import type { MetricSpec } from '../../server/core/metric-verdict.ts'
import { type DrawPair, logNormalTimes, paretoTimes, SKEWED_MEAN, skewedScores, successes, votes } from './draws.ts'

/** A metric, how its values fall, and how they come. */
export interface Scenario {
  name: string
  spec: MetricSpec
  draw: DrawPair
  /** `null`: pairs. Else unpaired traffic with so much of it for the candidate. */
  candidateShare: number | null
  /** Pairs, or requests where unpaired. */
  length: number
}

const bounded = (margin: number): MetricSpec => spec('bounded', margin, 'higher')
const typical = (margin: number): MetricSpec => spec('ratio-p50', margin, 'lower')
const p95 = (margin: number): MetricSpec => spec('ratio-p95', margin, 'lower')

function spec(shape: MetricSpec['shape'], margin: number, better: MetricSpec['better']): MetricSpec {
  return { id: shape, label: shape, shape, margin, better }
}

function scenario(
  name: string,
  metric: MetricSpec,
  draw: DrawPair,
  length: number,
  candidateShare: number | null = null,
): Scenario {
  return { name, spec: metric, draw, candidateShare, length }
}

/** The truth lies exactly on the bar: every answer is a false one. */
export const ON_THE_BAR: readonly Scenario[] = [
  scenario('success 0.95 : 0.93, margin 0.02', bounded(0.02), successes(0.95, 0.93, 0.03), 2000),
  scenario('success, 98 % ties, margin 0.01', bounded(0.01), successes(0.985, 0.975, 0.01), 2000),
  scenario('no difference, 95 % ties, margin 0', bounded(0), votes(0.025, 0.025), 2000),
  scenario('votes 35 : 30, margin 0.05', bounded(0.05), votes(0.35, 0.3), 2000),
  scenario('skewed scores, margin 0.04', bounded(0.04), skewedScores(0.04 / SKEWED_MEAN), 2000),
  scenario('p50, log-normal, margin 10 %', typical(0.1), logNormalTimes(1.1, 0.5), 2000),
  scenario('p50, Pareto 1.1, margin 10 %', typical(0.1), paretoTimes(1.1), 2000),
  scenario('p95, log-normal, margin 20 %', p95(0.2), logNormalTimes(1.2, 0.5), 2000),
  scenario('p95, Pareto 1.1, margin 20 %', p95(0.2), paretoTimes(1.2), 2000),
  scenario('unpaired 5:95, success', bounded(0.02), successes(0.95, 0.93, 0.03), 20_000, 0.05),
  scenario('unpaired 5:95, p50 Pareto', typical(0.1), paretoTimes(1.1), 20_000, 0.05),
  scenario('unpaired 5:95, p95 Pareto', p95(0.2), paretoTimes(1.2), 6000, 0.05),
  scenario('unpaired 50:50, success', bounded(0.02), successes(0.95, 0.93, 0.03), 4000, 0.5),
]

/** The truth lies on one side: how often, and how soon, is it found? */
export const OFF_THE_BAR: readonly (Scenario & { truth: 'non-inferior' | 'worse' })[] = [
  good(scenario('success 0.95 : 0.95, margin 0.02', bounded(0.02), successes(0.95, 0.95, 0.03), 4000)),
  good(scenario('success, all ties, margin 0.02', bounded(0.02), successes(1, 1, 0), 4000)),
  good(scenario('votes 30 : 30, margin 0.1', bounded(0.1), votes(0.3, 0.3), 4000)),
  good(scenario('skewed scores alike, margin 0.04', bounded(0.04), skewedScores(0), 4000)),
  good(scenario('p50, log-normal alike, margin 10 %', typical(0.1), logNormalTimes(1, 0.5), 4000)),
  good(scenario('p95, log-normal alike, margin 20 %', p95(0.2), logNormalTimes(1, 0.5), 4000)),
  good(scenario('unpaired 5:95, success alike', bounded(0.02), successes(0.95, 0.95, 0.03), 80_000, 0.05)),
  bad(scenario('success 0.95 : 0.85, margin 0.02', bounded(0.02), successes(0.95, 0.85, 0.03), 4000)),
  bad(scenario('scores 0.1 lower, margin 0.04', bounded(0.04), skewedScores(0.1 / SKEWED_MEAN), 4000)),
  bad(scenario('votes 50 : 20, margin 0.05', bounded(0.05), votes(0.5, 0.2), 4000)),
  bad(scenario('p50, log-normal × 1.5, margin 10 %', typical(0.1), logNormalTimes(1.5, 0.5), 4000)),
  bad(scenario('p95, log-normal × 1.5, margin 20 %', p95(0.2), logNormalTimes(1.5, 0.5), 4000)),
  bad(scenario('unpaired 5:95, success 0.95 : 0.85', bounded(0.02), successes(0.95, 0.85, 0.03), 40_000, 0.05)),
  bad(scenario('unpaired 5:95, p50 × 1.5', typical(0.1), logNormalTimes(1.5, 0.5), 40_000, 0.05)),
]

function good(each: Scenario): Scenario & { truth: 'non-inferior' } {
  return { ...each, truth: 'non-inferior' }
}

function bad(each: Scenario): Scenario & { truth: 'worse' } {
  return { ...each, truth: 'worse' }
}
