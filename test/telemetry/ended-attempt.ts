import type { Attempt } from '../../server/core/exchange.ts'
import type { Target } from '../../server/core/policy.ts'
import { usageOf } from '../../server/core/usage.ts'

/** An attempt that went well from `startedAt` to `endedAt`, but for what is told otherwise. */
export function endedAttempt(
  target: Target,
  startedAt: number,
  endedAt: number,
  more: Partial<Attempt> & { outputTokens?: number } = {},
): Attempt {
  const { outputTokens, ...members } = more
  return {
    index: 0,
    target,
    spanId: '0',
    reason: 'first',
    synthetic: false,
    kind: 'vllm',
    dialect: 'openai-chat',
    startedAt,
    queuedMs: 0,
    resumedAt: null,
    firstTokenAt: endedAt,
    endedAt,
    outcome: 'ok',
    status: 200,
    error: null,
    replyModel: null,
    replyId: null,
    finishReason: 'stop',
    usage: outputTokens === undefined ? null : usageOf({ output: outputTokens }, null),
    costNano: null,
    lossy: [],
    warnings: [],
    ...members,
  }
}
