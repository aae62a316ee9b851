import {
  type ContentPolicy,
  DEFAULT_KEEP_MS,
  EXPERIMENT_METRICS,
  type MirrorPolicy,
  type RolloutPolicy,
} from '../core/experiment-policy.ts'
import type { JudgingPolicy, ProviderPolicy, Target } from '../core/policy.ts'
import { mayReside } from '../core/residency.ts'
import { compilePredicate } from './predicate.ts'
import type { Path } from './problems.ts'
import { type RouteContext, readTarget } from './route-context.ts'
import type { RouteDocument } from './schema.ts'
import { suggest } from './suggest.ts'
import { readDuration } from './units.ts'

const DEFAULT_RUBRIC = 'The better reply answers the request correctly, completely and to the point.'

/** What is known of the route already. */
interface RouteParts {
  /** All that it may use. */
  targets: readonly Target[]
  judging: JudgingPolicy | null
}

export function compileMirror(
  document: NonNullable<RouteDocument['mirror']>,
  path: Path,
  context: RouteContext,
  { targets, judging }: RouteParts,
): MirrorPolicy {
  const { problems, routes } = context
  const { judge, budget } = document
  const candidate = readTarget(document.target, [...path, 'target'], context)
  checkResidency(candidate, targets, [...path, 'target'], context)
  if (judge && !routes.includes(judge.route))
    problems.add([...path, 'judge', 'route'], `there is no route "${judge.route}"`, {
      suggestion: suggest(judge.route, routes) ?? null,
    })
  const metrics = [...EXPERIMENT_METRICS.map(({ id }) => id), ...scoreMetrics(judging)]
  for (const name of Object.keys(document.margins ?? {}))
    if (!metrics.includes(name))
      problems.add([...path, 'margins', name], `"${name}" is nothing that replies are compared by`, {
        at: 'key',
        suggestion: suggest(name, metrics) ?? `known: ${metrics.join(', ')}`,
      })
  return {
    candidate,
    sample: document.sample ?? 0.1,
    condition: document.if
      ? {
          text: JSON.stringify(document.if),
          matches: compilePredicate(document.if, [...path, 'if'], problems).matches,
        }
      : null,
    when: document.when ?? 'idle',
    selfShare: document.self ?? 0.2,
    maxConcurrency: document.max_concurrency ?? 1,
    perDayNano: budget?.per_day ? budget.per_day.usd * 1e9 : null,
    cohorts: document.cohorts ?? ['tenant'],
    judge: judge
      ? {
          route: judge.route,
          rubric: judge.rubric ?? DEFAULT_RUBRIC,
          allowOwnFamily: judge.allow_own_family ?? false,
        }
      : null,
    margins: document.margins ?? {},
    keepMs: document.keep === undefined ? DEFAULT_KEEP_MS : readDuration(document.keep),
  }
}

/** `score:NAME` of each evaluator. */
function scoreMetrics(judging: JudgingPolicy | null): string[] {
  return [...(judging?.require ?? []), ...(judging?.watch ?? [])].map(({ name }) => `score:${name}`)
}

/** What a route keeps in one place does not leave it for a comparison. */
function checkResidency(
  candidate: Target,
  targets: readonly Target[],
  path: Path,
  { providers, problems }: RouteContext,
): void {
  const residencyOf = (provider: ProviderPolicy | undefined) => provider?.residency ?? null
  const wanted = residencyOf(providers.get(candidate.provider))
  const allowed = new Set(targets.map(({ provider }) => residencyOf(providers.get(provider))))
  if (mayReside(wanted, allowed)) return
  const list = [...allowed].join(', ')
  problems.add(path, `${candidate.provider} is in ${wanted ?? 'no known residency'}, the route’s targets in ${list}`, {
    suggestion: 'what a route keeps in one place is not copied to another; add such a target to the route itself first',
  })
}

export function compileRollout(
  document: NonNullable<RouteDocument['rollout']>,
  path: Path,
  context: RouteContext,
): RolloutPolicy {
  return { target: readTarget(document.target, [...path, 'target'], context), share: document.share }
}

export function compileContent(document: NonNullable<RouteDocument['content']>): ContentPolicy {
  return {
    sample: document.sample ?? 1,
    keepMs: document.keep === undefined ? DEFAULT_KEEP_MS : readDuration(document.keep),
  }
}
