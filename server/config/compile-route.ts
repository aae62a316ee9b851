import { type Condition, DEFAULT_QUALITY, type RoutePolicy, type Target } from '../core/policy.ts'
import { compileContent, compileMirror, compileRollout } from './compile-experiments.ts'
import { compileSettings } from './compile-settings.ts'
import { compilePredicate } from './predicate.ts'
import type { Path } from './problems.ts'
import { checkProvider, type RouteContext, readTarget } from './route-context.ts'
import type { RouteDocument } from './schema.ts'

/** Compiles one route; what is wrong with it is added to `problems`. */
export function compileRoute(name: string, document: RouteDocument, context: RouteContext): RoutePolicy {
  const { problems } = context
  const path = ['routes', name]
  const strategy = document.strategy ?? 'priority'
  const targets = document.targets.map((target, index): Target => {
    checkProvider(target.provider, [...path, 'targets', index, 'provider'], context)
    return { provider: target.provider, model: target.model, weight: target.weight ?? 1 }
  })
  if (strategy === 'weighted' && targets.every((target) => target.weight === 0))
    problems.add([...path, 'targets'], 'all weights are 0, so no target could ever be chosen')
  const settings = compileSettings(document, path, context)
  const { bar = DEFAULT_QUALITY.bar, min_samples, explore } = document.quality ?? {}
  if (bar > 0 && settings.judging === null)
    problems.add([...path, 'quality', 'bar'], 'a bar needs `evaluators` on this route, or there are no scores')
  const when = (document.when ?? []).map((condition, index) =>
    compileCondition(condition, [...path, 'when', index], context),
  )
  const rollout = document.rollout ? compileRollout(document.rollout, [...path, 'rollout'], context) : null
  const all = [...targets, ...when.flatMap((condition) => condition.targets), ...(rollout ? [rollout.target] : [])]
  const parts = { targets: all, judging: settings.judging }
  const mirror = document.mirror ? compileMirror(document.mirror, [...path, 'mirror'], context, parts) : null
  return {
    name,
    strategy,
    targets,
    when,
    sticky: document.sticky ?? 'session',
    quality: {
      bar,
      minSamples: min_samples ?? DEFAULT_QUALITY.minSamples,
      explore: explore ?? DEFAULT_QUALITY.explore,
    },
    rollout,
    settings: { ...settings, mirror, content: document.content ? compileContent(document.content) : null },
  }
}

function compileCondition(
  document: NonNullable<RouteDocument['when']>[number],
  path: Path,
  context: RouteContext,
): Condition {
  const { matches, explain } = compilePredicate(document.if, [...path, 'if'], context.problems)
  const targets = document.use.map((text, index) => readTarget(text, [...path, 'use', index], context))
  return { text: JSON.stringify(document.if), matches, explain, targets }
}
