import type { CacheRecord } from './cache.ts'
import type { Caller } from './caller.ts'
import type { ClientDialect, ReplyOptions } from './dialect.ts'
import type { DialectId } from './dialect-id.ts'
import type { ScoreRecord } from './evaluation.ts'
import type { FinishReason } from './events.ts'
import type { KeptContent, Link, Purpose } from './experiment.ts'
import type { Operation, PlainDialect } from './plain.ts'
import type { Ranked, RouteSettings, Target } from './policy.ts'
import type { ChatRequest, RequestHead } from './request.ts'
import type { Usage } from './usage.ts'
import type { VerdictRecord } from './verdict.ts'

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
  /** Of chat: the request as guardrails left it, where they changed it. What goes to a provider is written from it. */
  chat?: ChatRequest
  /** Headers that the dialect hands on to upstreams which speak it. */
  forwarded: Readonly<Record<string, string>>
}

/** A token is four bytes of English, near enough for a count that is mended when the provider gives its own. */
const BYTES_PER_TOKEN = 4

/** Of the whole request, before anyone has counted. */
export function estimatePromptTokens({ raw }: Pick<Inbound, 'raw'>): number {
  return Math.ceil(raw.length / BYTES_PER_TOKEN)
}

/** What the client's dialect needs to know to write a reply to this request. */
export function replyOptions(inbound: Inbound): ReplyOptions {
  const { head, json, receivedAt: startedAt } = inbound
  return { usage: head.streamUsage, request: json, promptTokens: estimatePromptTokens(inbound), startedAt }
}

/** What the route decided, complete: nothing later looks at the policy again. */
export interface Plan {
  route: string
  strategy: string
  /** In the order in which they will be tried, each with what put it there. */
  targets: readonly Ranked[]
  /** Why this order, for the trace: the predicate that matched, or the strategy's word. */
  reason: string
  settings: RouteSettings
}

/** Why an attempt was made. */
export type AttemptReason = 'first' | 'retry' | 'fallback' | 'hedge' | 'escalation' | 'resume'

/** A target that was not called, and why. */
export interface Skipped {
  target: Target
  why: string
}

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
  /** Milliseconds it waited in its provider's queue, from `startedAt` on. */
  queuedMs: number
  /** Characters of the reply that the client had when this attempt went on with it; `null` for one from the start. */
  resumedAt: number | null
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
  /** Names of what its translation could not carry. */
  lossy: string[]
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
  readonly purpose: Purpose
  /** Id of the experiment or run that it belongs to. */
  readonly experiment: string | null
  /** The request that it is a copy of. */
  readonly link: Link | null
  /** What the client asked for: the route's name, or provider/model. Empty until the body has been read. */
  route: string
  stream: boolean
  caller: Caller | null
  plan: Plan | null
  /** `performance.now()` when the plan stood. */
  routedAt: number | null
  attempts: Attempt[]
  /** Index of the attempt whose reply the client gets; `null` while none has come so far. */
  answeredBy: number | null
  /** Targets that were passed over, e.g. as their breaker is open. */
  skipped: Skipped[]
  /** What guardrails said of the request and the reply. */
  verdicts: VerdictRecord[]
  /** What evaluators said of the attempts' replies. */
  scores: ScoreRecord[]
  /** The texts, as they are kept; `null`: they are not. */
  content: KeptContent | null
  /** Where the reply came from if no attempt made it. */
  lastResort: 'stale' | 'static' | null
  /** How the cache took part; `null` until it was asked. */
  cache: CacheRecord | null
  /** Id of the request whose reply was repeated for the same idempotency key. */
  replayOf: string | null
  /** Milliseconds spent waiting between tries. */
  waitedMs: number
  /** What predicates may ask, for replaying the request through another policy; no content. */
  facts: Readonly<Record<string, unknown>> | null
  /** Names of what the client's own format could not carry of a streamed reply. */
  lossy: string[]
  /** HTTP status that the client got; 499 when it went away first. */
  status: number
  error: { code: string; message: string } | null
  /** `performance.now() - startedAt` less the time of attempts and waits, when the reply began. */
  overheadMs: number | null
  endedAt: number | null
}

/** The attempt that stands for the request: the one that answered, else the last. */
export function mainAttempt(exchange: Exchange): Attempt | undefined {
  return exchange.attempts[exchange.answeredBy ?? exchange.attempts.length - 1]
}

/** The client got a kept reply, or another request's, and nobody was called for it. */
export function isFromCache({ cache, attempts }: Exchange): boolean {
  return cache !== null && attempts.length === 0 && cache.outcome !== 'miss' && cache.outcome !== 'bypass'
}

/** True when a target other than the first was tried because of a failure, or none of them answered. */
export function didFallBack(exchange: Exchange): boolean {
  return exchange.lastResort !== null || exchange.attempts.some((attempt) => attempt.reason === 'fallback')
}

/** Names of what the translation there and back could not carry, each once. */
export function lossyOf(exchange: Exchange): string[] {
  return [...new Set([...(mainAttempt(exchange)?.lossy ?? []), ...exchange.lossy])]
}

/** What is likely wrong with the reply that the client gets, each once. */
export function warningsOf(exchange: Exchange): string[] {
  if (exchange.lastResort !== null) return [`${exchange.lastResort}_reply`]
  const own = mainAttempt(exchange)?.warnings ?? []
  const resumed = exchange.attempts.flatMap(({ resumedAt, warnings }) => (resumedAt === null ? [] : warnings))
  return [...new Set([...own, ...resumed])]
}

/** The sum of all attempts' costs; `null` as soon as one that used tokens has no known price. A kept reply costs nothing. */
export function costNano(exchange: Exchange): number | null {
  let sum: number | null = isFromCache(exchange) ? 0 : null
  for (const attempt of exchange.attempts) {
    if (attempt.costNano !== null) sum = (sum ?? 0) + attempt.costNano
    else if (attempt.usage !== null) return null
  }
  return sum
}
