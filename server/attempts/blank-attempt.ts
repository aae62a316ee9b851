import type { Attempt } from '../core/exchange.ts'
import { newSpanId } from '../core/ids.ts'
import type { Target } from '../core/policy.ts'

/** An attempt of which nothing has happened, and that nobody is told of. */
export function blankAttempt(target: Target): Attempt {
  return {
    index: 0,
    target,
    spanId: newSpanId(),
    reason: 'first',
    synthetic: false,
    kind: '',
    dialect: null,
    startedAt: 0,
    queuedMs: 0,
    resumedAt: null,
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
    lossy: [],
  }
}
