import {
  type Condition,
  DEFAULT_TIMEOUTS,
  type ProviderPolicy,
  type RoutePolicy,
  splitTarget,
  type Target,
  type Timeouts,
} from '../core/policy.ts'
import { compilePredicate } from './predicate.ts'
import type { Path, ProblemList } from './problems.ts'
import type { RouteDocument } from './schema.ts'
import { suggest } from './suggest.ts'
import { readDuration } from './units.ts'

const DEFAULT_RETRY_STATUSES = [408, 429, 500, 502, 503, 504, 529]
/** Longest time-out that makes sense for one request; also far below the limit of Node's timers (2^31 ms). */
const LONGEST_MS = 24 * 3_600_000

type Providers = ReadonlyMap<string, ProviderPolicy>

/** Compiles one route; what is wrong with it is added to `problems`. */
export function compileRoute(
  name: string,
  document: RouteDocument,
  providers: Providers,
  problems: ProblemList,
): RoutePolicy {
  const path = ['routes', name]
  const strategy = document.strategy ?? 'priority'
  const targets = document.targets.map((target, index): Target => {
    checkProvider(target.provider, [...path, 'targets', index, 'provider'], providers, problems)
    return { provider: target.provider, model: target.model, weight: target.weight ?? 1 }
  })
  if (strategy === 'weighted' && targets.every((target) => target.weight === 0))
    problems.add([...path, 'targets'], 'all weights are 0, so no target could ever be chosen')
  const on = document.retry?.on ?? [...DEFAULT_RETRY_STATUSES, 'timeout', 'network']
  return {
    name,
    strategy,
    targets,
    when: (document.when ?? []).map((condition, index) =>
      compileCondition(condition, [...path, 'when', index], providers, problems),
    ),
    retry: {
      max: document.retry?.max ?? 0,
      statuses: new Set(on.filter((item): item is number => typeof item === 'number')),
      onTimeout: on.includes('timeout'),
      onNetwork: on.includes('network'),
    },
    timeouts: compileTimeouts(document.timeouts ?? {}, [...path, 'timeouts'], problems),
    fallbackOnError: document.fallback?.on_error ?? true,
    strictTranslation: document.translation === 'strict',
  }
}

function compileCondition(
  document: NonNullable<RouteDocument['when']>[number],
  path: Path,
  providers: Providers,
  problems: ProblemList,
): Condition {
  const matches = compilePredicate(document.if, [...path, 'if'], problems)
  const targets = document.use.map((text, index): Target => {
    const place = [...path, 'use', index]
    const target = splitTarget(text)
    if (target) checkProvider(target.provider, place, providers, problems)
    else problems.add(place, `"${text}" is not of the form provider/model`)
    return { provider: target?.provider ?? '', model: target?.model ?? '', weight: 1 }
  })
  return { text: JSON.stringify(document.if), matches, targets }
}

function compileTimeouts(
  document: NonNullable<RouteDocument['timeouts']>,
  path: Path,
  problems: ProblemList,
): Timeouts {
  const read = (key: keyof typeof document, fallback: number): number => {
    const text = document[key]
    if (text === undefined) return fallback
    const duration = readDuration(text)
    if (duration < 1) problems.add([...path, key], `"${text}" leaves no time at all`)
    if (duration > LONGEST_MS) problems.add([...path, key], `"${text}" is longer than a day`)
    return duration
  }
  const totalMs = read('total', DEFAULT_TIMEOUTS.totalMs)
  const within = (key: keyof typeof document, fallback: number): number => {
    const value = read(key, Math.min(fallback, totalMs))
    if (value > totalMs)
      problems.add([...path, key], `"${document[key]}" is longer than the total of ${document.total ?? '10m'}`)
    return value
  }
  const firstTokenMs = within('first_token', DEFAULT_TIMEOUTS.firstTokenMs)
  return {
    connectMs: within('connect', DEFAULT_TIMEOUTS.connectMs),
    firstTokenMs,
    unaryHeadMs: document.first_token === undefined ? null : firstTokenMs,
    idleMs: within('idle', DEFAULT_TIMEOUTS.idleMs),
    totalMs,
  }
}

function checkProvider(id: string, path: Path, providers: Providers, problems: ProblemList): void {
  if (providers.has(id)) return
  const known = [...providers.keys()]
  problems.add(path, `there is no provider "${id}"`, {
    suggestion: suggest(id, known) ?? `providers of this file: ${known.join(', ')}`,
  })
}
