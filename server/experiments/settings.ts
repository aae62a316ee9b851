import { createHash } from 'node:crypto'
import type { EvaluatorRule } from '../core/evaluation.ts'
import type { ExperimentSettings } from '../core/experiment.ts'
import type { MirrorPolicy } from '../core/experiment-policy.ts'
import { type JudgingPolicy, targetName } from '../core/policy.ts'

/** Of false answers, whenever somebody looks. */
export const ALPHA = 0.05

/** All evaluators of a route. */
export function rulesOf(judging: JudgingPolicy | null): EvaluatorRule[] {
  return judging === null ? [] : [...judging.require, ...judging.watch]
}

/** What a mirror's verdict goes by. */
export function settingsOf(
  { margins, cohorts, judge }: MirrorPolicy,
  judging: JudgingPolicy | null,
): ExperimentSettings {
  const rules = rulesOf(judging)
  const computing = rules.filter(({ evaluator }) => evaluator.cost === 'process')
  return {
    ...{ alpha: ALPHA, margins, cohorts, judge },
    evaluators: rules.map(({ name }) => name),
    optional: ['schema', ...computing.map(({ name }) => `score:${name}`)],
  }
}

/**
 * Of everything that must not change while pairs come: who is compared with whom, by what, and how. Shares, limits and
 * budgets may change, as they say nothing of a reply.
 */
export function fingerprintOf(baseline: string, mirror: MirrorPolicy, settings: ExperimentSettings): string {
  const parts = [baseline, targetName(mirror.candidate), mirror.condition?.text ?? null, settings]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
