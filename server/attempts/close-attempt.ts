import type { GatewayError } from '../core/errors.ts'
import type { Attempt } from '../core/exchange.ts'
import type { ProviderPolicy } from '../core/policy.ts'
import type { Provider } from '../core/ports.ts'
import { estimateRequestTokens } from '../core/token-estimate.ts'
import { type Usage, usageOf } from '../core/usage.ts'
import type { AttemptContext } from './context.ts'
import type { Slot } from './queue/index.ts'
import type { Pass } from './target-gate.ts'

/** An attempt under way, with what it holds. */
export interface OpenAttempt {
  readonly context: AttemptContext
  readonly attempt: Attempt
  readonly provider: Provider
  readonly policy: ProviderPolicy
  readonly pass: Pass
  /** `null` while it waits. */
  slot: Slot | null
  /** The call is on the wire. */
  sent: boolean
  /** Tokens of the reply so far, roughly. */
  seenTokens: number
}

const HOUR_MS = 3_600_000
/** Statuses of a provider that has too much to do. */
const OVERLOADED = new Set([429, 503, 529])

/**
 * Ends an attempt, once: keeps the books and lets go of what it holds, at once. `null` for one that was answered.
 */
export function closeAttempt(open: OpenAttempt, error: GatewayError | null): void {
  const { attempt, context } = open
  if (attempt.endedAt !== null) return
  attempt.endedAt = performance.now()
  attempt.outcome = error === null ? 'ok' : isAbandoned(error) ? 'cancelled' : 'error'
  attempt.error = error && { code: error.code, message: error.message }
  if (error !== null && attempt.usage === null && open.sent && hasCost(attempt)) {
    attempt.usage = estimateUsage(open)
    priceAttempt(open)
  }
  if (open.policy.gpuUsdPerHour !== null && open.sent) attempt.costNano = gpuCostNano(open)
  open.pass.end(verdictOf(open, error))
  // What was cancelled says nothing of how long a call takes.
  const told = open.sent && attempt.outcome !== 'cancelled'
  open.slot?.release(told ? resultOf(attempt, error, context.inbound.head.stream) : null)
  if (error?.code === 'upstream_rate_limited' && error.retryAfterMs !== null)
    context.deps.gate.cool(attempt.target, error.retryAfterMs)
  context.deps.observer.attemptEnd(context.exchange, attempt.index)
}

/** Sets the cost from the usage. */
export function priceAttempt({ attempt, provider, context }: OpenAttempt): void {
  const { priceId } = provider.traits
  const { price } = context.deps
  // The model that answered is the dated one; the catalogue may only know the name that was asked for.
  attempt.costNano =
    (attempt.replyModel === null ? null : price(priceId, attempt.replyModel, attempt.usage)) ??
    price(priceId, attempt.target.model, attempt.usage)
}

function isAbandoned({ code }: GatewayError): boolean {
  return code === 'client_gone' || code === 'superseded'
}

/** Who accepted the call, or was left before it could say, has read the prompt and made what came. */
function hasCost({ status, outcome }: Attempt): boolean {
  return status === null ? outcome === 'cancelled' : status < 300
}

function estimateUsage({ context, seenTokens }: OpenAttempt): Usage {
  const input = estimateRequestTokens(context.inbound.json)
  return { ...usageOf({ input, output: seenTokens }, null), estimated: true }
}

/** A machine that works on eight calls at once is not paid for eight times. */
function gpuCostNano({ attempt, policy, context }: OpenAttempt): number {
  const servedMs = attempt.endedAt! - attempt.startedAt - attempt.queuedMs
  const busyMs = servedMs * context.deps.signals.machineShare(policy.id)
  return Math.round((busyMs / HOUR_MS) * policy.gpuUsdPerHour! * 1e9)
}

function resultOf(attempt: Attempt, error: GatewayError | null, stream: boolean) {
  const sentAt = attempt.startedAt + attempt.queuedMs
  return {
    ok: error === null,
    overloaded: error !== null && (error.code === 'upstream_timeout' || OVERLOADED.has(attempt.status ?? 0)),
    stream,
    firstTokenMs: attempt.firstTokenAt === null ? null : attempt.firstTokenAt - sentAt,
    durationMs: attempt.endedAt! - sentAt,
    outputTokens: attempt.usage?.output ?? null,
  }
}

/** What the attempt says of the target's health: nothing where the request, the client or this gateway is to blame. */
function verdictOf({ attempt, context }: OpenAttempt, error: GatewayError | null): 'ok' | 'failed' | 'neutral' {
  switch (error?.code) {
    case undefined:
      return 'ok'
    case 'upstream_error':
    case 'upstream_unreachable':
    case 'upstream_invalid_reply':
    case 'upstream_cut':
    case 'upstream_timeout':
    case 'upstream_unauthorized':
    case 'upstream_spent':
      return 'failed'
    case 'upstream_rate_limited':
      // Who says when to come back is left alone until then, and is not broken.
      return error!.retryAfterMs === null ? 'failed' : 'neutral'
    case 'deadline_exceeded':
      // A caller may be in a hurry; who has had its time is to blame.
      return attempt.endedAt! - attempt.startedAt - attempt.queuedMs >= context.plan.settings.timeouts.firstTokenMs
        ? 'failed'
        : 'neutral'
    default:
      return 'neutral'
  }
}
