import type { EvaluatorRule } from '../core/evaluation.ts'
import type { JudgingPolicy } from '../core/policy.ts'
import { freeName } from './free-name.ts'
import type { Path } from './problems.ts'
import { type RouteContext, readTarget } from './route-context.ts'
import type { RouteDocument } from './schema.ts'
import { suggest } from './suggest.ts'
import { readDuration } from './units.ts'

type Judging = NonNullable<RouteDocument['evaluators']>
type Required = NonNullable<Judging['require']>[number]
type RuleContext = Pick<RouteContext, 'evaluators' | 'problems' | 'routes'>

const DEFAULT_TIME_MS = 10_000

/** How a route's replies are judged; each evaluator is made once, here. */
export function compileJudging(document: Judging, path: Path, context: RouteContext): JudgingPolicy {
  const { escalate_to: escalateTo, budget } = document
  if (!document.require && !document.watch)
    context.problems.add(path, 'there is nothing to judge by: name evaluators under `require` or `watch`')
  for (const [name, value] of Object.entries({ escalate_to: escalateTo, streams: document.streams }))
    if (!document.require && value !== undefined)
      context.problems.add([...path, name], `\`${name}\` is for evaluators under \`require\``, { at: 'key' })
  const require = compileEvaluators(document.require ?? [], [...path, 'require'], context)
  return {
    require,
    watch: compileEvaluators(document.watch ?? [], [...path, 'watch'], context, require),
    sample: document.sample ?? 1,
    budget: {
      timeMs: budget?.time === undefined ? DEFAULT_TIME_MS : readDuration(budget.time),
      perDayNano: budget?.per_day ? budget.per_day.usd * 1e9 : null,
    },
    escalateTo: escalateTo === undefined ? null : readTarget(escalateTo, [...path, 'escalate_to'], context),
    holdStreams: document.streams === 'hold',
  }
}

/** The evaluators of one list; names are made unique, also against `others`. */
export function compileEvaluators(
  documents: readonly Required[],
  path: Path,
  context: RuleContext,
  others: readonly EvaluatorRule[] = [],
): EvaluatorRule[] {
  const rules: EvaluatorRule[] = []
  for (const [index, document] of documents.entries()) {
    const rule = makeRule(document, [...path, index], context)
    if (rule === null) continue
    const taken = new Set([...others, ...rules].map(({ name }) => name))
    if (typeof document === 'object' && document.name !== undefined && taken.has(document.name))
      context.problems.add([...path, index, 'name'], `another evaluator is called "${document.name}"`)
    rules.push({ ...rule, name: freeName(rule.name, taken) })
  }
  return rules
}

function makeRule(required: Required, path: Path, { evaluators, routes, problems }: RuleContext): EvaluatorRule | null {
  const { use, name, ...options } = typeof required === 'string' ? { use: required, name: undefined } : required
  const kind = evaluators.get(use)!
  for (const option of Object.keys(options))
    if (!Object.hasOwn(kind.options, option))
      problems.add([...path, option], `the evaluator ${use} has no option "${option}"`, { at: 'key' })
  const { route } = options as { route?: unknown }
  if (typeof route === 'string' && !routes.includes(route))
    problems.add([...path, 'route'], `there is no route "${route}"`, { suggestion: suggest(route, routes) ?? null })
  try {
    return { name: name ?? use, kind, evaluator: kind.create(options) }
  } catch (error) {
    problems.add(path, `the evaluator ${use} cannot be made: ${(error as Error).message}`)
    return null
  }
}
