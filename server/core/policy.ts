import type { DialectId } from './dialect-id.ts'
import type { Facts } from './facts.ts'

/** The config file, checked and compiled: references resolved, durations in milliseconds, sizes in bytes. */
export interface Policy {
  /** First 12 hex digits of the SHA-256 of the file's bytes. */
  revision: string
  source: string
  anonymous: 'loopback' | 'off'
  directAccess: boolean
  server: ServerPolicy
  egress: EgressPolicy
  providers: ReadonlyMap<string, ProviderPolicy>
  routes: ReadonlyMap<string, RoutePolicy>
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
  /** Why it cannot be called, e.g. an unset environment variable; `null` when it can. */
  problem: string | null
}

/** Provider + model. */
export interface Target {
  provider: string
  model: string
  weight: number
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
  max: number
  statuses: ReadonlySet<number>
  onTimeout: boolean
  onNetwork: boolean
}

export interface Condition {
  /** The predicate as written, for the trace. */
  text: string
  matches(facts: Facts): boolean
  targets: readonly Target[]
}

export interface RoutePolicy {
  name: string
  strategy: string
  targets: readonly Target[]
  when: readonly Condition[]
  retry: RetryPolicy
  timeouts: Timeouts
  fallbackOnError: boolean
  /** `translation: strict`: what a translation cannot carry is refused, not dropped. */
  strictTranslation: boolean
}

/** The route to show a newcomer: the one named `default`, else the first of the file. */
export function defaultRoute(policy: Policy): string {
  return policy.routes.has('default') ? 'default' : [...policy.routes.keys()][0]!
}
