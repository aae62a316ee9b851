import type { Caller } from './caller.ts'
import type { DialectId } from './dialect-id.ts'
import type { FinishReason } from './events.ts'
import type { RetryPolicy, Target, Timeouts } from './policy.ts'
import type { RequestHead } from './request.ts'
import type { Usage } from './usage.ts'

/** A request as it came in: parsed once, its bytes kept. */
export interface Inbound {
  dialect: DialectId
  raw: Buffer
  json: Readonly<Record<string, unknown>>
  head: RequestHead
}

/** What the route decided, complete: nothing later looks at the policy again. */
export interface Plan {
  route: string
  strategy: string
  /** In the order in which they will be tried. */
  targets: readonly Target[]
  /** Why this order, for the trace: the predicate that matched, or the strategy's word. */
  reason: string
  timeouts: Timeouts
  retry: RetryPolicy
  fallbackOnError: boolean
}

export type AttemptReason = 'first' | 'retry' | 'fallback'

/** One call to one target. Times are milliseconds of `performance.now()`. */
export interface Attempt {
  index: number
  target: Target
  spanId: string
  reason: AttemptReason
  /** `local` when the provider answers inside the process, without a socket. */
  synthetic: boolean
  kind: string
  /** In which it was called; `null` until the call was prepared. */
  dialect: DialectId | null
  startedAt: number
  /** First content event of a stream, or the whole of a unary reply. */
  firstTokenAt: number | null
  endedAt: number | null
  outcome: 'running' | 'ok' | 'error' | 'cancelled'
  status: number | null
  error: { code: string; message: string } | null
  /** As the provider names itself in the reply. */
  replyModel: string | null
  replyId: string | null
  finishReason: FinishReason | null
  usage: Usage | null
  costNano: number | null
}

/** One request on its whole way, from received to recorded: the only mutable record. Lists are append-only. */
export interface Exchange {
  readonly id: string
  readonly traceId: string
  readonly spanId: string
  readonly routeSpanId: string
  readonly parentSpanId: string | null
  readonly traceState: string | null
  /** The endpoint's path, e.g. `/v1/chat/completions`. */
  readonly surface: string
  /** Milliseconds since the epoch at `startedAt`. */
  readonly epoch: number
  /** `performance.now()` when the request had arrived. */
  readonly startedAt: number
  readonly revision: string
  /** What the client asked for: the route's name, or provider/model. Empty until the body has been read. */
  route: string
  stream: boolean
  caller: Caller | null
  plan: Plan | null
  /** `performance.now()` when the plan stood. */
  routedAt: number | null
  attempts: Attempt[]
  /** Milliseconds spent waiting between tries. */
  waitedMs: number
  /** Names of what a translation could not carry. */
  lossy: string[]
  /** HTTP status that the client got; 499 when it went away first. */
  status: number
  error: { code: string; message: string } | null
  /** `performance.now() - startedAt` less the time of attempts and waits, when the reply began. */
  overheadMs: number | null
  endedAt: number | null
}

/** True when a target other than the first was tried. */
export function didFallBack(exchange: Exchange): boolean {
  return exchange.attempts.some((attempt) => attempt.reason === 'fallback')
}

/** The sum of all attempts' costs; `null` as soon as one that used tokens has no known price. */
export function costNano(exchange: Exchange): number | null {
  let sum: number | null = null
  for (const attempt of exchange.attempts) {
    if (attempt.costNano !== null) sum = (sum ?? 0) + attempt.costNano
    else if (attempt.usage !== null) return null
  }
  return sum
}
