import type { EvaluatorKind } from '../core/evaluation.ts'
import type { GuardRule } from '../core/guard-policy.ts'
import type { GuardrailKind } from '../core/guardrail.ts'
import { type ProviderPolicy, splitTarget, type Target } from '../core/policy.ts'
import type { Path, ProblemList } from './problems.ts'
import type { ResolveSecret } from './secrets.ts'
import { suggest } from './suggest.ts'

/** What a route may refer to. */
export interface RouteContext {
  providers: ReadonlyMap<string, ProviderPolicy>
  evaluators: ReadonlyMap<string, EvaluatorKind>
  guardrails: ReadonlyMap<string, GuardrailKind>
  /** Of every route, before its own. */
  sharedRules: readonly GuardRule[]
  /** Names of the file's routes. */
  routes: readonly string[]
  resolve: ResolveSecret
  problems: ProblemList
}

/** A target written as `provider/model`. */
export function readTarget(text: string, path: Path, context: Pick<RouteContext, 'providers' | 'problems'>): Target {
  const target = splitTarget(text)
  if (target) checkProvider(target.provider, path, context)
  else context.problems.add(path, `"${text}" is not of the form provider/model`)
  return { provider: target?.provider ?? '', model: target?.model ?? '', weight: 1 }
}

/** Adds a problem for a provider that the file does not have. */
export function checkProvider(
  id: string,
  path: Path,
  { providers, problems }: Pick<RouteContext, 'providers' | 'problems'>,
): void {
  if (providers.has(id)) return
  const known = [...providers.keys()]
  problems.add(path, `there is no provider "${id}"`, {
    suggestion: suggest(id, known) ?? `providers of this file: ${known.join(', ')}`,
  })
}
