import type { AnnotationPolicy } from './annotation.ts'
import type { CacheLimits, CachePolicy } from './cache-policy.ts'
import type { DialectId } from './dialect-id.ts'
import type { ContentPolicy, MirrorPolicy, RolloutPolicy } from './experiment-policy.ts'
import type { Facts } from './facts.ts'
import type { GuardPolicy, GuardRule } from './guard-policy.ts'
import type { JudgingPolicy } from './judging.ts'
import type { Target } from './target.ts'

export type { JudgingPolicy } from './judging.ts'
export type { Target } from './target.ts'

/** The config file, checked and compiled: references resolved, durations in milliseconds, sizes in bytes. */
export interface Policy {
  /** First 12 hex digits of the SHA-256 of the file's bytes. */
  revision: string
  source: string
  anonymous: 'loopback' | 'off'
  directAccess: boolean
  server: ServerPolicy
  egress: EgressPolicy
  cache: CacheLimits
  providers: ReadonlyMap<string, ProviderPolicy>
  routes: ReadonlyMap<string, RoutePolicy>
  /** How calls that name provider/model are guarded. */
  directGuarding: GuardPolicy | null
  annotation: AnnotationPolicy
  /** The value of every reference that was resolved, for redaction. */
  secrets: readonly string[]
  /** True things a person should know that do not stop the file from working, e.g. an unset variable. */
  warnings: readonly string[]
}

export interface ServerPolicy {
  /** Further names under which the gateway may be called (`Host`). */
  hosts: readonly string[]
  /** Origins of web pages that may call `/v1`. */
  origins: readonly string[]
  maxBody: number
  maxReply: number
  drainMs: number
  /** Requests under way at once; further ones are refused. */
  maxRequests: number
  /** Bytes of request bodies under way at once; further ones are refused. */
  maxBuffered: number
}

export interface EgressPolicy {
  mode: 'sealed' | 'open'
  /** CIDR ranges, addresses or host names that sealed mode lets through besides loopback. */
  allow: readonly string[]
}

export interface ProviderPolicy {
  id: string
  kind: string
  baseUrl: string | null
  apiKey: string | null
  headers: Readonly<Record<string, string>>
  residency: string | null
  options: Readonly<Record<string, unknown>>
  /** Narrows and orders what its kind speaks; `null` leaves that to the kind. */
  dialects: readonly DialectId[] | null
  queue: QueuePolicy
  /** Milliseconds between questions whether it is up; `null`: it is asked only while it is believed down. */
  probeMs: number | null
  /** Dollars per hour of the machine that it runs on; `null` for who bills by tokens. */
  gpuUsdPerHour: number | null
  /** Why it cannot be called, e.g. an unset environment variable; `null` when it can. */
  problem: string | null
}

/** How calls to one provider wait for each other. */
export interface QueuePolicy {
  /** Calls at a time; `null`: as many as come. */
  maxConcurrency: number | null
  /** The limit follows what the provider bears, never above `maxConcurrency`. */
  adaptive: boolean
  maxWaiting: number
  maxWaitMs: number
  /** How often a waiting request may be overtaken by ones for the model that is loaded; 0: never. */
  affinity: number
}

/** Of a provider that says nothing: nobody waits. */
export const DEFAULT_QUEUE: QueuePolicy = {
  maxConcurrency: null,
  adaptive: false,
  maxWaiting: 256,
  maxWaitMs: 60_000,
  affinity: 8,
}

/** The guardrails of all routes and of direct calls, each once. */
export function guardRulesOf({ routes, directGuarding }: Pick<Policy, 'routes' | 'directGuarding'>): GuardRule[] {
  const guarding = [directGuarding, ...[...routes.values()].map(({ settings }) => settings.guarding)]
  return [...new Set(guarding.flatMap((each) => each?.rules ?? []))]
}

/** What is called without being a provider of the config: nothing is known of it, and no credential goes along. */
export function bareProvider(id: string, kind: string): ProviderPolicy {
  return {
    id,
    kind,
    baseUrl: null,
    apiKey: null,
    headers: {},
    residency: null,
    options: {},
    dialects: null,
    queue: DEFAULT_QUEUE,
    probeMs: null,
    gpuUsdPerHour: null,
    problem: null,
  }
}

/** Who goes first where requests wait. */
export const PRIORITIES = ['high', 'normal', 'low'] as const
export type Priority = (typeof PRIORITIES)[number]

/** A target at its place, and what put it there, e.g. `p95 210 ms`. */
export interface Ranked {
  target: Target
  why: string
}

/** `provider/model`, for people. */
export function targetName(target: Target): string {
  return `${target.provider}/${target.model}`
}

/** Splits `provider/model` at the first slash: models may have slashes of their own. */
export function splitTarget(text: string): { provider: string; model: string } | null {
  const slash = text.indexOf('/')
  if (slash <= 0 || slash === text.length - 1) return null
  return { provider: text.slice(0, slash), model: text.slice(slash + 1) }
}

export interface Timeouts {
  connectMs: number
  /** Until the first content of a stream. */
  firstTokenMs: number
  /** Until a unary reply's head; `null` leaves it to `totalMs`, as a long answer arrives in one piece. */
  unaryHeadMs: number | null
  idleMs: number
  totalMs: number
}

/** Of a route that sets none, and of a request that names provider/model directly. */
export const DEFAULT_TIMEOUTS: Timeouts = {
  connectMs: 5000,
  firstTokenMs: 60_000,
  unaryHeadMs: null,
  idleMs: 60_000,
  totalMs: 600_000,
}

export interface RetryPolicy {
  /** Further tries of the same target. */
  max: number
  /** Retries and hedges per request of the route, over time. */
  budget: number
  statuses: ReadonlySet<number>
  onTimeout: boolean
  onNetwork: boolean
}

/** One test of a predicate, e.g. `request.tokens $gt 8000`. */
export interface Finding {
  /** `$and`, `$or` or `$not` for what has tests of its own. */
  fact: string
  operator: string
  operand: unknown
  /** What the request has there; absent for what has tests of its own. */
  value?: unknown
  passed: boolean
  tests?: Finding[]
}

export interface Condition {
  /** The predicate as written, for the trace. */
  text: string
  matches(facts: Facts): boolean
  /** Every test of the predicate with its outcome, for people. */
  explain(facts: Facts): Finding[]
  targets: readonly Target[]
}

/** When a target is left alone. Times are milliseconds. */
export interface BreakerPolicy {
  /** Failures within the window that open it … */
  failures: number
  /** … once they are at least this share of the attempts. */
  errorShare: number
  windowMs: number
  cooldownMs: number
}

/** When a second attempt is begun beside one that takes long. */
export interface HedgePolicy {
  /** `null`: after the target's own p95. */
  afterMs: number | null
}

/** What keeps a caller with its target under `weighted`. */
export type Sticky = 'session' | 'user' | 'tenant' | 'none'

/** What `cost-optimized` asks of a target. */
export interface QualityPolicy {
  /** Least mean score. */
  bar: number
  /** Scores before a target is believed. */
  minSamples: number
  /** Share of requests that go to a cheaper target of which too little is known. */
  explore: number
}

/** What a route says of everything that happens once the order of its targets stands. */
export interface RouteSettings {
  retry: RetryPolicy
  /** `null`: targets are never left alone. */
  breaker: BreakerPolicy | null
  timeouts: Timeouts
  hedge: HedgePolicy | null
  fallbackOnError: boolean
  /** The last resort, after a stale reply where the cache keeps them. */
  staticReply: string | null
  /** A stream that breaks is continued by the next target. */
  resumeStreams: boolean
  priority: Priority
  judging: JudgingPolicy | null
  /** `null`: nothing is copied to a candidate. */
  mirror: MirrorPolicy | null
  /** `null`: no texts are kept but those of copies. */
  content: ContentPolicy | null
  /** `null`: nothing is guarded. */
  guarding: GuardPolicy | null
  /** `null`: no reply is given twice. */
  cache: CachePolicy | null
  /** How long a reply is kept for the same idempotency key, in milliseconds. */
  idempotencyMs: number
  /** `translation: strict`: what a translation cannot carry is refused, not dropped. */
  strictTranslation: boolean
}

export interface RoutePolicy {
  name: string
  strategy: string
  targets: readonly Target[]
  when: readonly Condition[]
  sticky: Sticky
  quality: QualityPolicy
  /** `null`: none of the traffic is on its way to another target. */
  rollout: RolloutPolicy | null
  settings: RouteSettings
}

/** Of a route that sets nothing, and of a request that names provider/model directly. */
export const DEFAULT_SETTINGS: RouteSettings = {
  retry: {
    max: 0,
    budget: 0.2,
    statuses: new Set([408, 429, 500, 502, 503, 504, 529]),
    onTimeout: true,
    onNetwork: true,
  },
  breaker: { failures: 5, errorShare: 0.1, windowMs: 30_000, cooldownMs: 30_000 },
  timeouts: DEFAULT_TIMEOUTS,
  hedge: null,
  fallbackOnError: true,
  staticReply: null,
  resumeStreams: false,
  priority: 'normal',
  judging: null,
  mirror: null,
  content: null,
  guarding: null,
  cache: null,
  idempotencyMs: 3_600_000,
  strictTranslation: false,
}

export const DEFAULT_QUALITY: QualityPolicy = { bar: 0, minSamples: 20, explore: 0.1 }

/** The route to show a newcomer: the one named `default`, else the first of the file. */
export function defaultRoute(policy: Policy): string {
  return policy.routes.has('default') ? 'default' : [...policy.routes.keys()][0]!
}
