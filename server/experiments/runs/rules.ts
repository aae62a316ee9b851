import { LineCounter, parseDocument } from 'yaml'
import { compileEvaluators } from '../../config/compile-judging.ts'
import { ProblemList } from '../../config/problems.ts'
import { suggest } from '../../config/suggest.ts'
import { GatewayError } from '../../core/errors.ts'
import type { EvaluatorRule } from '../../core/evaluation.ts'
import type { ExperimentSettings } from '../../core/experiment.ts'
import { EXPERIMENT_METRICS } from '../../core/experiment-policy.ts'
import type { Policy } from '../../core/policy.ts'
import type { EvaluatorDocument } from '../../core/run.ts'
import { evaluators } from '../../evaluators/index.ts'
import { rulesOf } from '../settings.ts'

type Routes = Pick<Policy, 'routes'>

/** Evaluators as a run was given them. Throws `invalid_request` that says what is wrong with them. */
export function readRules(documents: readonly EvaluatorDocument[], { routes }: Routes): EvaluatorRule[] {
  for (const document of documents) {
    const use = typeof document === 'string' ? document : document.use
    if (!evaluators.has(use)) throw unknownEvaluator(use)
  }
  const problems = problemList(documents)
  const rules = compileEvaluators(documents.map(copyOf), ['evaluators'], {
    evaluators,
    problems,
    routes: [...routes.keys()],
  })
  const [first] = problems.problems
  if (!first) return rules
  const { path, message, suggestion } = first
  throw new GatewayError('invalid_request', `${path}: ${message}.`, {
    param: 'evaluators',
    ...(suggestion === null ? {} : { hint: suggestion }),
  })
}

/** What judges a request of this route where the run names nothing: the route's own, or those that need no options. */
export function rulesOfRoute(route: string | null, { routes }: Routes): readonly EvaluatorRule[] {
  const own = rulesOf(routes.get(route ?? '')?.settings.judging ?? null)
  return own.length > 0 ? own : usualRules()
}

let usual: EvaluatorRule[] | null = null

/** Made when first asked for: some load lists of words. Refusals are counted of every reply anyway. */
function usualRules(): readonly EvaluatorRule[] {
  usual ??= [...evaluators.values()].flatMap((kind) => {
    if (kind.id === 'refusal') return []
    try {
      const evaluator = kind.create({})
      return evaluator.cost === 'process' ? [{ name: kind.id, kind, evaluator }] : []
    } catch {
      // It wants options.
      return []
    }
  })
  return usual
}

/** Throws `invalid_request` for a margin of something that replies are not compared by. */
export function checkMargins(margins: ExperimentSettings['margins'], names: readonly string[]): void {
  const metrics = [...EXPERIMENT_METRICS.map(({ id }) => id), ...names.map((name) => `score:${name}`)]
  const unknown = Object.keys(margins).find((name) => !metrics.includes(name))
  if (unknown === undefined) return
  throw new GatewayError('invalid_request', `margins: "${unknown}" is nothing that replies are compared by.`, {
    param: 'margins',
    hint: suggest(unknown, metrics) ?? `Known: ${metrics.join(', ')}.`,
  })
}

function unknownEvaluator(use: string): GatewayError {
  const known = [...evaluators.keys()]
  return new GatewayError('invalid_request', `There is no evaluator ${use}.`, {
    param: 'evaluators',
    hint: suggest(use, known) ?? `Known: ${known.join(', ')}.`,
  })
}

function problemList(documents: readonly EvaluatorDocument[]): ProblemList {
  const lines = new LineCounter()
  return new ProblemList(parseDocument(JSON.stringify({ evaluators: documents }), { lineCounter: lines }), lines)
}

type Documents = Parameters<typeof compileEvaluators>[0]

function copyOf(document: EvaluatorDocument): Documents[number] {
  return (typeof document === 'string' ? document : { ...document }) as Documents[number]
}
