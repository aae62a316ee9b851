import { blankAttempt } from '../attempts/blank-attempt.ts'
import type { AttemptContext } from '../attempts/context.ts'
import { prepare } from '../attempts/prepare.ts'
import type { QueueStatus } from '../attempts/queue/index.ts'
import { tooLate, tooLong } from '../attempts/queue/shedding.ts'
import type { Standing } from '../attempts/target-gate.ts'
import type { DialectId } from '../core/dialect-id.ts'
import { asGatewayError, GatewayError } from '../core/errors.ts'
import { estimatePromptTokens } from '../core/exchange.ts'
import type { ProviderPolicy, QueuePolicy, Ranked, Target } from '../core/policy.ts'
import type { LatencySignal, QualitySignal } from '../core/signals.ts'

/** In which format a target would be called. */
export interface Wire {
  dialect: DialectId
  /** The client's bytes go through, edited at most; else they are translated. */
  passes: boolean
  /** The gateway answers by itself, with an estimate. */
  estimated: boolean
}

/** What is known of one target, as one request would meet it. */
export interface TargetOutlook extends Ranked {
  standing: Standing
  /** Its provider cannot be called as it is configured. */
  unconfigured: boolean
  problem: GatewayError | null
  wire: Wire | null
  /** Names of what the translation cannot carry. */
  lossy: readonly string[]
  latency: LatencySignal
  /** Nano-dollars. */
  expectedCost: number | null
  quality: QualitySignal
  queue: QueueStatus & Pick<QueuePolicy, 'maxWaiting' | 'maxWaitMs'> & { waitMs: number }
}

/** Looks, and takes nothing: no trial of a breaker, no place in a queue. */
export function outlookOf(context: AttemptContext, { target, why }: Ranked): TargetOutlook {
  const { deps, plan, policy, inbound } = context
  const provider = policy.providers.get(target.provider)!
  const unconfigured = provider.problem === null ? null : unconfiguredError(provider)
  const { wire, lossy, problem } = unconfigured ? { ...NO_WIRE, problem: unconfigured } : wireOf(context, target)
  const queue = queueOf(context, target, provider)
  return {
    target,
    why,
    standing: deps.gate.standing(target, plan.settings.breaker),
    unconfigured: unconfigured !== null,
    problem: problem ?? waitProblem(context, provider, queue.waitMs),
    wire,
    lossy,
    latency: deps.signals.latency(target, inbound.head.stream),
    expectedCost: deps.signals.expectedCostNano(target, estimatePromptTokens(inbound)),
    quality: deps.signals.quality(plan.route, target),
    queue,
  }
}

const NO_WIRE = { wire: null, lossy: [], problem: null }

function unconfiguredError({ id, problem }: ProviderPolicy): GatewayError {
  return new GatewayError('provider_unconfigured', `Provider ${id} cannot be called: ${problem}.`)
}

/** Prepares the call and throws it away. */
function wireOf(context: AttemptContext, target: Target): Pick<TargetOutlook, 'wire' | 'lossy' | 'problem'> {
  const { deps, policy, inbound } = context
  const provider = policy.providers.get(target.provider)!
  const attempt = blankAttempt(target)
  try {
    const { dialect, request, answer } = prepare(context, attempt, deps.providers.get(provider.kind)!, provider)
    const estimated = answer !== undefined
    return {
      wire: { dialect, passes: request === inbound.json && !estimated, estimated },
      lossy: attempt.lossy,
      problem: null,
    }
  } catch (error) {
    return { wire: null, lossy: attempt.lossy, problem: asGatewayError(error) }
  }
}

function queueOf({ deps, exchange, priority }: AttemptContext, target: Target, provider: ProviderPolicy) {
  const queue = deps.queues.of(provider)
  const { maxWaiting, maxWaitMs } = provider.queue
  const waitMs = queue.estimateWaitMs({ tenant: exchange.caller!.tenant, priority, model: target.model })
  return { ...queue.status, maxWaiting, maxWaitMs, waitMs }
}

/** Why the queue would not let it wait. */
function waitProblem({ deadline }: AttemptContext, { id, queue }: ProviderPolicy, waitMs: number): GatewayError | null {
  const leftMs = deadline - performance.now()
  if (waitMs > queue.maxWaitMs) return tooLong(id, waitMs, queue.maxWaitMs)
  return waitMs > leftMs ? tooLate(id, waitMs, leftMs) : null
}
