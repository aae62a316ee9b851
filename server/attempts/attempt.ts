import { asGatewayError, GatewayError } from '../core/errors.ts'
import type { Attempt, AttemptReason } from '../core/exchange.ts'
import { type ProviderPolicy, type Target, targetName } from '../core/policy.ts'
import type { Provider } from '../core/ports.ts'
import type { Reply } from '../core/reply.ts'
import { AttemptRun } from './attempt-run.ts'
import { blankAttempt } from './blank-attempt.ts'
import { closeAttempt, type OpenAttempt } from './close-attempt.ts'
import type { AttemptContext, AttemptDeps } from './context.ts'
import { prepare } from './prepare.ts'
import type { Pass, Standing } from './target-gate.ts'

/** A reply past its commit point, and the attempt that brought it. */
export interface Answer {
  attempt: Attempt
  reply: Reply
}

/**
 * Calls one target once, when it is its turn in the provider's queue. Resolves at the commit point: a whole reply, or
 * a stream whose first content has come. Rejects with a GatewayError when it fails before that; nothing has then been
 * sent to the client. A target that is to be left alone is no attempt: it is noted as skipped (`target_unavailable`).
 */
export async function runAttempt(context: AttemptContext, target: Target, reason: AttemptReason): Promise<Answer> {
  const { deps, policy } = context
  const pass = askLeave(context, target)
  const providerPolicy = policy.providers.get(target.provider)!
  const provider = deps.providers.get(providerPolicy.kind)!
  const open: OpenAttempt = {
    context,
    attempt: begin(context, target, reason, provider),
    provider,
    policy: providerPolicy,
    pass,
    slot: null,
    sent: false,
    seenTokens: 0,
  }
  try {
    check(context, providerPolicy)
    await takeTurn(open)
    if (open.attempt.queuedMs > 0) checkStanding(context, target)
    const prepared = prepare(context, open.attempt, provider, providerPolicy)
    open.attempt.dialect = prepared.dialect
    if (prepared.answer) open.attempt.synthetic = true
    const reply = await new Promise<Reply>((resolve, reject) => {
      new AttemptRun({ open, prepared, name: targetName(target), resolve, reject }).send()
    })
    return { attempt: open.attempt, reply }
  } catch (error) {
    const failure = asGatewayError(error)
    closeAttempt(open, failure)
    throw failure
  }
}

/** Throws `target_unavailable` where the target is to be left alone. */
function askLeave({ deps, plan, exchange, despiteBreakers }: AttemptContext, target: Target): Pass {
  const { pass, standing } = deps.gate.enter(target, plan.settings.breaker, despiteBreakers)
  if (pass !== null) return pass
  const why = standing.why === null ? standing.name : `${standing.name}: ${standing.why}`
  exchange.skipped.push({ target, why })
  throw unavailable(deps, target, standing, why)
}

/** While it waited for its turn the target may have broken. */
function checkStanding({ deps, plan, despiteBreakers }: AttemptContext, target: Target): void {
  const standing = deps.gate.standing(target, despiteBreakers ? null : plan.settings.breaker)
  if (['open', 'drained', 'down'].includes(standing.name))
    throw unavailable(deps, target, standing, `${standing.name} since it waited`)
}

function unavailable(deps: AttemptDeps, target: Target, { untilMs }: Standing, why: string): GatewayError {
  const retryAfterMs = untilMs === null ? null : Math.max(0, untilMs - deps.signals.now())
  return new GatewayError('target_unavailable', `${targetName(target)} is not called (${why}).`, {
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  })
}

function check({ cancellation, deadline }: AttemptContext, policy: ProviderPolicy): void {
  if (cancellation.reason) throw cancellation.reason
  if (performance.now() >= deadline)
    throw new GatewayError('deadline_exceeded', 'The time limit of the whole request has passed.')
  if (policy.problem !== null)
    throw new GatewayError('provider_unconfigured', `Provider ${policy.id} cannot be called: ${policy.problem}.`)
}

/** Waits in the provider's queue. A free slot is had at once, without a turn of the event loop. */
async function takeTurn(open: OpenAttempt): Promise<void> {
  const { context, attempt, policy } = open
  const { deps, exchange, priority, deadline, cancellation } = context
  const ask = { tenant: exchange.caller?.tenant ?? '', priority, model: attempt.target.model, deadline, cancellation }
  const entered = deps.queues.of(policy).enter(ask)
  if (!(entered instanceof Promise)) {
    open.slot = entered
    return
  }
  try {
    open.slot = await entered
  } finally {
    attempt.queuedMs = performance.now() - attempt.startedAt
  }
  deps.observer.attemptTurn(exchange, attempt.index)
}

function begin(context: AttemptContext, target: Target, reason: AttemptReason, provider: Provider): Attempt {
  const { exchange, deps, continuation } = context
  const attempt: Attempt = {
    ...blankAttempt(target),
    index: exchange.attempts.length,
    reason,
    synthetic: provider.traits.synthetic,
    kind: provider.kind,
    startedAt: performance.now(),
    resumedAt: continuation?.length ?? null,
  }
  exchange.attempts.push(attempt)
  deps.observer.attemptStart(exchange, attempt.index)
  return attempt
}
