import {
  type BreakerPolicy,
  DEFAULT_SETTINGS,
  DEFAULT_TIMEOUTS,
  type HedgePolicy,
  type RetryPolicy,
  type RouteSettings,
  type Timeouts,
} from '../core/policy.ts'
import { compileCache } from './compile-cache.ts'
import { compileGuarding } from './compile-guardrails.ts'
import { compileJudging } from './compile-judging.ts'
import type { Path, ProblemList } from './problems.ts'
import type { RouteContext } from './route-context.ts'
import type { RouteDocument } from './schema.ts'
import { readDuration } from './units.ts'

/** Longest duration that makes sense for one request; also far below the limit of Node's timers (2^31 ms). */
const LONGEST_MS = 24 * 3_600_000

/** What a route says besides the order of its targets. */
export function compileSettings(
  document: RouteDocument,
  path: Path,
  context: RouteContext,
): Omit<RouteSettings, 'mirror' | 'content'> {
  const { problems } = context
  const timeouts = compileTimeouts(document.timeouts ?? {}, [...path, 'timeouts'], problems)
  const { fallback } = document
  return {
    retry: compileRetry(document.retry ?? {}),
    breaker: compileBreaker(document.breaker ?? {}, [...path, 'breaker'], problems),
    timeouts,
    hedge: compileHedge(document.hedge, [...path, 'hedge'], timeouts, problems),
    fallbackOnError: fallback?.on_error ?? DEFAULT_SETTINGS.fallbackOnError,
    staticReply: fallback?.static ?? null,
    resumeStreams: document.on_stream_failure === 'resume',
    priority: document.priority ?? DEFAULT_SETTINGS.priority,
    judging: document.evaluators ? compileJudging(document.evaluators, [...path, 'evaluators'], context) : null,
    guarding: compileGuarding(document, path, context),
    cache: compileCache(document, path, problems),
    idempotencyMs: readUpToADay(
      document.idempotency,
      DEFAULT_SETTINGS.idempotencyMs,
      [...path, 'idempotency'],
      problems,
    ),
    strictTranslation: document.translation === 'strict',
  }
}

function compileRetry(document: NonNullable<RouteDocument['retry']>): RetryPolicy {
  const { max, budget, on } = document
  const given = on && {
    statuses: new Set(on.filter((item): item is number => typeof item === 'number')),
    onTimeout: on.includes('timeout'),
    onNetwork: on.includes('network'),
  }
  const usual = DEFAULT_SETTINGS.retry
  return { ...usual, ...given, max: max ?? usual.max, budget: budget ?? usual.budget }
}

function compileBreaker(
  document: NonNullable<RouteDocument['breaker']>,
  path: Path,
  problems: ProblemList,
): BreakerPolicy | null {
  const usual = DEFAULT_SETTINGS.breaker!
  const failures = document.failures ?? usual.failures
  const policy = {
    failures,
    errorShare: document.error_share ?? usual.errorShare,
    windowMs: readUpToADay(document.window, usual.windowMs, [...path, 'window'], problems),
    cooldownMs: readUpToADay(document.cooldown, usual.cooldownMs, [...path, 'cooldown'], problems),
  }
  return failures === 0 ? null : policy
}

function compileHedge(
  document: RouteDocument['hedge'],
  path: Path,
  { totalMs }: Timeouts,
  problems: ProblemList,
): HedgePolicy | null {
  if (!document) return null
  const afterMs = document.after === 'p95' ? null : readDuration(document.after)
  if (afterMs !== null && afterMs >= totalMs)
    problems.add([...path, 'after'], `"${document.after}" is not shorter than the whole request may take`)
  return { afterMs }
}

function compileTimeouts(
  document: NonNullable<RouteDocument['timeouts']>,
  path: Path,
  problems: ProblemList,
): Timeouts {
  const read = (key: keyof typeof document, fallback: number): number => {
    const duration = readUpToADay(document[key], fallback, [...path, key], problems)
    if (duration < 1) problems.add([...path, key], `"${document[key]}" leaves no time at all`)
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

function readUpToADay(text: string | undefined, fallback: number, path: Path, problems: ProblemList): number {
  if (text === undefined) return fallback
  const duration = readDuration(text)
  if (duration > LONGEST_MS) problems.add(path, `"${text}" is longer than a day`)
  return duration
}
