import type { Caller } from './caller.ts'
import type { ClientDialect, ReplyOptions } from './dialect.ts'
import type { DialectId } from './dialect-id.ts'
import type { FinishReason } from './events.ts'
import type { Operation, PlainDialect } from './plain.ts'
import type { RetryPolicy, Target, Timeouts } from './policy.ts'
import type { RequestHead } from './request.ts'
import type { Usage } from './usage.ts'

/** A request as it came in: parsed once, its bytes kept. */
export interface Inbound {
  dialect: ClientDialect | PlainDialect
  operation: Operation
  raw: Buffer
  /** Of a form, its text fields. */
  json: Readonly<Record<string, unknown>>
  head: RequestHead
  /** `performance.now()` when the body was there. */
  receivedAt: number
  /** `null` for JSON. */
  form: { contentType: string; boundary: string } | null
  /** Headers that the dialect hands on to upstreams which speak it. */
  forwarded: Readonly<Record<string, string>>
}

/** A token is four bytes of English, near enough for a count that is mended when the provider gives its own. */
const BYTES_PER_TOKEN = 4

/** What the client's dialect needs to know to write a reply to this request. */
export function replyOptions({ head, json, raw, receivedAt: startedAt }: Inbound): ReplyOptions {
  return { usage: head.streamUsage, request: json, promptTokens: Math.ceil(raw.length / BYTES_PER_TOKEN), startedAt }
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
  /** What a translation cannot carry is refused, not dropped. */
  strictTranslation: boolean
}

export type AttemptReason = 'first' | 'retry' | 'fallback'

/** One call to one target. Times are milliseconds of `performance.now()`. */
export interface Attempt {
  index: number
  target: Target
  spanId: string
  reason: AttemptReason
  /** The reply was made up or estimated inside the process, without a socket. */
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
  /** Names of what is likely wrong although the reply came, e.g. `prompt_truncated`. */
  warnings: string[]
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
  /** Names of what a translation could not carry, of the last attempt. */
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

/** The warnings of all attempts, each once. */
export function warningsOf(exchange: Exchange): string[] {
  return [...new Set(exchange.attempts.flatMap((attempt) => attempt.warnings))]
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
