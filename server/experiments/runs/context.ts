import { ConfigError, formatProblem } from '../../config/problems.ts'
import type { DatasetItem } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import type { EvaluatorRule } from '../../core/evaluation.ts'
import type { Policy } from '../../core/policy.ts'
import type { EvaluatorDocument } from '../../core/run.ts'
import { type RunContext, routeOf } from './arm-call.ts'
import { readRules, rulesOfRoute } from './rules.ts'

/** What a context is compiled from. */
export interface ContextSource {
  running: Policy
  /** Text of a proposed config. */
  proposed: string | null
  evaluators: readonly EvaluatorDocument[] | null
}

/** Throws `invalid_request` for a proposed config, or for evaluators, that make no sense. */
export function compileContext(
  { running, proposed, evaluators }: ContextSource,
  compile: (source: string) => Policy,
): RunContext {
  return {
    running,
    proposed: proposed === null ? null : compileProposed(proposed, compile),
    rules: evaluators === null ? null : readRules(evaluators, running),
  }
}

function compileProposed(source: string, compile: (source: string) => Policy): Policy {
  try {
    return compile(source)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new GatewayError(
      'invalid_request',
      `The proposed config is refused: ${error.problems.map(formatProblem).join('; ')}`,
      {
        param: 'candidate.config',
        hint: 'Mend it; `gatehouse validate FILE` says the same.',
      },
    )
  }
}

/** What a request of the run is judged by. */
export function rulesFor(item: DatasetItem, { rules, running }: RunContext): readonly EvaluatorRule[] {
  return rules ?? rulesOfRoute(routeOf(item), running)
}
