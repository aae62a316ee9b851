import type { EvaluationServices } from '../../core/evaluation.ts'
import type { Target } from '../../core/target.ts'
import { sharedFamily } from './model-family.ts'

/**
 * Throws where a route does not exist, or may use a model of the family of what is judged: models prefer their own style
 * (Panickssery, Bowman and Feng 2024, “LLM evaluators recognize and favor their own generations”).
 */
export function refuseOwnFamily(services: EvaluationServices, route: string, judged: readonly Target[]): void {
  const judges = services.targetsOf(route)
  if (judges.length === 0) throw new Error(`there is no route "${route}" for the judge`)
  for (const judge of judges)
    for (const target of judged) {
      const family = sharedFamily(judge.model, target.model)
      if (family === null) continue
      throw new Error(
        `the judge’s route "${route}" may use ${nameOf(judge)}, of the same family (${family}) as ${nameOf(target)}, which it ` +
          'would judge: name a route of other models, or set `allow_own_family: true`',
      )
    }
}

function nameOf({ provider, model }: Target): string {
  return `${provider}/${model}`
}
