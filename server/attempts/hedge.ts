import type { Cancellation } from '../core/cancellation.ts'
import { GatewayError } from '../core/errors.ts'
import type { AttemptReason } from '../core/exchange.ts'
import type { Target } from '../core/policy.ts'
import { type Answer, runAttempt } from './attempt.ts'
import type { AttemptContext } from './context.ts'

/** Fewer answers say nothing of a p95. */
const LEAST_SAMPLES = 20

interface Runner {
  answer: Promise<Answer>
  cancellation: Cancellation
}

/**
 * Calls a target and, when no content has come after the hedge's delay, the next one of `left` beside it (which is
 * taken out). The first content wins; the other attempt is cancelled and its cost stays on the record. One that fails
 * leaves the race to the other. Rejects with the first target's error when both fail.
 * Dean and Barroso, "The Tail at Scale", CACM 56(2), 2013.
 */
export async function runHedged(
  context: AttemptContext,
  target: Target,
  reason: AttemptReason,
  left: Target[],
): Promise<Answer> {
  const delayMs = delayOf(context, target)
  if (delayMs === null || left.length === 0) return runAttempt(context, target, reason)
  const first = start(context, target, reason)
  if (await settledWithin(first.answer, delayMs)) return first.answer
  const other = takeReady(context, left)
  if (other === null) return first.answer
  const second = start(context, other, 'hedge')
  const lose = new GatewayError('superseded', 'Another attempt answered first.')
  try {
    return await Promise.any([
      first.answer.then((answer) => {
        second.cancellation.cancel(lose)
        return answer
      }),
      second.answer.then((answer) => {
        first.cancellation.cancel(lose)
        return answer
      }),
    ])
  } catch {
    return first.answer
  }
}

function start(context: AttemptContext, target: Target, reason: AttemptReason): Runner {
  const cancellation = context.cancellation.child()
  return { answer: runAttempt({ ...context, cancellation }, target, reason), cancellation }
}

/**
 * Takes the next target that can be called now out of the list; `null` where there is none, or no budget: a hedge is a
 * call that a good hour would not make, so that it counts as a retry does.
 */
function takeReady({ deps, plan, cancellation }: AttemptContext, left: Target[]): Target | null {
  const { breaker, retry } = plan.settings
  const ready = left.findIndex((target) => deps.gate.standing(target, breaker).name === 'ready')
  if (ready < 0 || cancellation.cancelled || !deps.budgets.of(plan.route, retry.budget).withdraw()) return null
  return left.splice(ready, 1)[0]!
}

/** `null` without a hedge, or as long as the target's p95 is not known. */
function delayOf({ plan, deps, inbound }: AttemptContext, target: Target): number | null {
  const { hedge } = plan.settings
  if (hedge === null) return null
  if (hedge.afterMs !== null) return hedge.afterMs
  const { p95Ms, samples } = deps.signals.latency(target, inbound.head.stream)
  return samples < LEAST_SAMPLES ? null : p95Ms
}

/** True when the promise is settled, either way, within so many milliseconds. */
function settledWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    const settled = () => {
      clearTimeout(timer)
      resolve(true)
    }
    promise.then(settled, settled)
  })
}
