import { asGatewayError, GatewayError } from '../core/errors.ts'
import type { Attempt, AttemptReason } from '../core/exchange.ts'
import { newSpanId } from '../core/ids.ts'
import { type Target, targetName } from '../core/policy.ts'
import type { Provider } from '../core/ports.ts'
import type { Reply } from '../core/reply.ts'
import { AttemptRun } from './attempt-run.ts'
import type { AttemptContext } from './context.ts'
import { prepare } from './prepare.ts'

/**
 * Calls one target once. Resolves at the commit point: a whole reply, or a stream whose first content has come.
 * Rejects with a GatewayError when it fails before that; nothing has then been sent to the client.
 */
export function runAttempt(context: AttemptContext, target: Target, reason: AttemptReason): Promise<Reply> {
  const { deps, policy } = context
  const providerPolicy = policy.providers.get(target.provider)!
  const provider = deps.providers.get(providerPolicy.kind)!
  const attempt = begin(context, target, reason, provider)
  return new Promise((resolve, reject) => {
    if (context.cancellation.cancelled) {
      end(context, attempt, new GatewayError('client_gone', 'The client went away.'), reject)
      return
    }
    if (providerPolicy.problem !== null) {
      const message = `Provider ${target.provider} cannot be called: ${providerPolicy.problem}.`
      end(context, attempt, new GatewayError('provider_unconfigured', message), reject)
      return
    }
    try {
      const prepared = prepare(context, attempt, provider, providerPolicy)
      attempt.dialect = prepared.dialect
      if (prepared.answer) attempt.synthetic = true
      new AttemptRun({ context, attempt, provider, prepared, name: targetName(target), resolve, reject }).send()
    } catch (error) {
      end(context, attempt, asGatewayError(error), reject)
    }
  })
}

function begin(context: AttemptContext, target: Target, reason: AttemptReason, provider: Provider): Attempt {
  const { exchange, deps } = context
  const attempt: Attempt = {
    index: exchange.attempts.length,
    target,
    spanId: newSpanId(),
    reason,
    synthetic: provider.traits.synthetic,
    kind: provider.kind,
    dialect: null,
    startedAt: performance.now(),
    firstTokenAt: null,
    endedAt: null,
    outcome: 'running',
    status: null,
    error: null,
    replyModel: null,
    replyId: null,
    finishReason: null,
    usage: null,
    costNano: null,
    warnings: [],
  }
  exchange.attempts.push(attempt)
  deps.observer.attemptStart(exchange, attempt.index)
  return attempt
}

/** Ends an attempt that never reached the wire. */
function end(
  context: AttemptContext,
  attempt: Attempt,
  error: GatewayError,
  reject: (error: GatewayError) => void,
): void {
  attempt.endedAt = performance.now()
  attempt.outcome = error.code === 'client_gone' ? 'cancelled' : 'error'
  attempt.error = { code: error.code, message: error.message }
  context.deps.observer.attemptEnd(context.exchange, attempt.index)
  reject(error)
}
