import type { EvaluationDeps } from '../attempts/evaluation.ts'
import type { EvaluationServices, ScoreRecord } from '../core/evaluation.ts'
import type { Exchange } from '../core/exchange.ts'
import type { LateScores } from '../core/experiment-commands.ts'
import type { Policy, Target } from '../core/policy.ts'
import { type Account, guardServices, type ServiceParts } from '../pipeline/guarding/services.ts'
import type { SpendBook } from '../telemetry/spend-book.ts'
import type { QueueRules } from './annotation/queue-rules.ts'
import type { ExperimentStore } from './store.ts'

export interface EvaluationParts {
  policy(): Policy
  /** How models are asked. */
  services: ServiceParts
  store: ExperimentStore
  annotation: Pick<QueueRules, 'expect'>
  spend: SpendBook
  inBackground(work: Promise<void>): void
  onProblem(message: string): void
}

/** What evaluators are given, and where their scores go that come late. */
export function openEvaluation(parts: EvaluationParts): EvaluationDeps {
  const { policy, services, store, spend } = parts
  return {
    servicesFor(exchange): EvaluationServices {
      const account = { key: spendKey(exchange.plan!.route), spent: spend.add.bind(spend) }
      return evaluationServices({ policy, services }, exchange, account)
    },
    mayAsk: (route, { budget }) => spend.allows(spendKey(route), budget.perDayNano),
    later(exchange, work) {
      parts.annotation.expect(exchange, work)
      const recorded = work
        .then((scores) => (scores.length === 0 ? undefined : store.addScores(lateScores(exchange, scores))))
        .catch((error) => parts.onProblem(`scores of ${exchange.id} are lost: ${(error as Error).message}`))
      parts.inBackground(recorded)
    },
  }
}

/** The ways out for the evaluators of one call, on an account. */
export function evaluationServices(
  { policy, services }: Pick<EvaluationParts, 'policy' | 'services'>,
  exchange: Exchange,
  account: Account,
): EvaluationServices {
  const { ask, embed } = guardServices(services, exchange, account)
  return { ask, embed, targetsOf: (route) => targetsOf(policy(), route) }
}

/** What evaluators of a route have spent is kept under this name. */
export function spendKey(route: string): string {
  return `evaluate:${route}`
}

/** Scores that come when their request is on record already. */
export function lateScores(
  { id, epoch, plan, purpose, attempts }: Exchange,
  scores: readonly ScoreRecord[],
): LateScores {
  return {
    request_id: id,
    epoch,
    route: plan!.route,
    purpose,
    attempts: attempts.map(({ target: { provider, model } }) => ({ provider, model })),
    scores,
  }
}

/** All that a route may call. */
export function targetsOf({ routes }: Pick<Policy, 'routes'>, name: string): Target[] {
  const route = routes.get(name)
  if (!route) return []
  const { targets, when, rollout, settings } = route
  const escalateTo = settings.judging?.escalateTo
  return [
    ...targets,
    ...when.flatMap((condition) => condition.targets),
    ...(rollout ? [rollout.target] : []),
    ...(escalateTo ? [escalateTo] : []),
  ]
}
