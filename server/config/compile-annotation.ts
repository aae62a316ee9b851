import {
  type AnnotationPolicy,
  type AnnotationRule,
  type Criterion,
  DEFAULT_RUBRIC,
  DEFAULT_RULES,
  OWN_CRITERIA,
} from '../core/annotation.ts'
import { DEFAULT_KEEP_MS } from '../core/experiment-policy.ts'
import type { RoutePolicy } from '../core/policy.ts'
import type { Path, ProblemList } from './problems.ts'
import type { AnnotationDocument } from './schema-annotation.ts'
import { suggest } from './suggest.ts'
import { readDuration } from './units.ts'

const DEFAULT_MAX_OPEN = 1000

interface AnnotationContext {
  routes: ReadonlyMap<string, RoutePolicy>
  problems: ProblemList
}

export function compileAnnotation(document: AnnotationDocument, context: AnnotationContext): AnnotationPolicy {
  const { rubric, rules, max_open: maxOpen = DEFAULT_MAX_OPEN, keep } = document
  const names = new Set<string>()
  return {
    rubric:
      rubric?.map((criterion, index) => {
        const compiled = compileCriterion(criterion, ['annotation', 'rubric', index], context)
        if (names.has(criterion.name))
          context.problems.add(['annotation', 'rubric', index, 'name'], `"${criterion.name}" is asked twice`)
        names.add(criterion.name)
        return compiled
      }) ?? DEFAULT_RUBRIC,
    rules: rules?.map((rule, index) => compileRule(rule, ['annotation', 'rules', index], context)) ?? DEFAULT_RULES,
    maxOpen,
    keepMs: keep === undefined ? DEFAULT_KEEP_MS : readDuration(keep),
  }
}

function compileCriterion(
  { name, labels, good, description }: NonNullable<AnnotationDocument['rubric']>[number],
  path: Path,
  { problems }: AnnotationContext,
): Criterion {
  if ((OWN_CRITERIA as readonly string[]).includes(name))
    problems.add([...path, 'name'], `"${name}" is asked by itself where it applies; choose another name`)
  for (const [index, label] of labels.entries())
    if (labels.indexOf(label) < index) problems.add([...path, 'labels', index], `"${label}" stands here twice`)
  for (const [index, label] of (good ?? []).entries())
    if (!labels.includes(label))
      problems.add([...path, 'good', index], `"${label}" is none of the labels`, {
        suggestion: suggest(label, labels) ?? `labels: ${labels.join(', ')}`,
      })
  if (good && labels.every((label) => good.includes(label)))
    problems.add([...path, 'good'], 'every label is good, so nothing could be told apart')
  return { name, labels, good: good ?? labels.slice(0, Math.ceil(labels.length / 2)), description: description ?? null }
}

function compileRule(
  document: NonNullable<AnnotationDocument['rules']>[number],
  path: Path,
  { routes, problems }: AnnotationContext,
): AnnotationRule {
  const { when, sample } = document
  const { route, evaluator } = { route: document.route ?? null, evaluator: document.evaluator ?? null }
  if (when === 'sample' && sample === undefined)
    problems.add([...path, 'when'], 'say which share: `sample: 0.01` beside it is one in a hundred')
  const isKnown = route === null || routes.has(route)
  if (!isKnown)
    problems.add([...path, 'route'], `there is no route "${route}"`, {
      suggestion: suggest(route, routes.keys()) ?? null,
    })
  if (evaluator !== null && when !== 'evaluator-fail')
    problems.add([...path, 'evaluator'], '`evaluator` is for `when: evaluator-fail`', { at: 'key' })
  else if (isKnown && when === 'evaluator-fail') checkEvaluators(evaluator, routes, route, path, problems)
  return { when, route, evaluator, sample: sample ?? 1 }
}

/** A rule that could never apply is a mistake. */
function checkEvaluators(
  evaluator: string | null,
  routes: ReadonlyMap<string, RoutePolicy>,
  route: string | null,
  path: Path,
  problems: ProblemList,
): void {
  const judged = route === null ? [...routes.values()] : [routes.get(route)!]
  const names = judged.flatMap(({ settings: { judging } }) =>
    judging === null ? [] : [...judging.require, ...judging.watch].map(({ name }) => name),
  )
  const where = route === null ? 'any route' : `the route "${route}"`
  if (names.length === 0) problems.add([...path, 'when'], `there are no \`evaluators\` on ${where}`)
  else if (evaluator !== null && !names.includes(evaluator))
    problems.add([...path, 'evaluator'], `there is no evaluator "${evaluator}" on ${where}`, {
      suggestion: suggest(evaluator, names) ?? `known: ${[...new Set(names)].join(', ')}`,
    })
}
