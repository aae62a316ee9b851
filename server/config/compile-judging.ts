import type { JudgingPolicy } from '../core/policy.ts'
import type { Path } from './problems.ts'
import { type RouteContext, readTarget } from './route-context.ts'
import type { RouteDocument } from './schema.ts'

type Judging = NonNullable<RouteDocument['evaluators']>

/** How a route's replies are judged; each evaluator is made once, here. */
export function compileJudging(document: Judging, path: Path, context: RouteContext): JudgingPolicy {
  const { escalate_to: escalateTo } = document
  return {
    require: document.require.flatMap((required, index) =>
      makeEvaluator(required, [...path, 'require', index], context),
    ),
    sample: document.sample ?? 1,
    escalateTo: escalateTo === undefined ? null : readTarget(escalateTo, [...path, 'escalate_to'], context),
    holdStreams: document.streams === 'hold',
  }
}

function makeEvaluator(required: Judging['require'][number], path: Path, { evaluators, problems }: RouteContext) {
  const { use, ...options } = typeof required === 'string' ? { use: required } : required
  const kind = evaluators.get(use)!
  for (const name of Object.keys(options))
    if (!Object.hasOwn(kind.options, name))
      problems.add([...path, name], `the evaluator ${use} has no option "${name}"`, { at: 'key' })
  try {
    return [kind.create(options)]
  } catch (error) {
    problems.add(path, `the evaluator ${use} cannot be made: ${(error as Error).message}`)
    return []
  }
}
