import type { DatasetItem } from '../../core/dataset.ts'
import type { Measured, ReplyView } from '../../core/evaluation.ts'
import type { ArmResult, SkipReason } from '../../core/experiment.ts'
import { splitTarget, type Target } from '../../core/policy.ts'
import type { RecordedRequest } from '../../stores/experiments/recorded.ts'
import { endedWith } from '../arm.ts'

/** What was replied when a request was made for real, before it is judged. */
export interface RecordedArm {
  result: ArmResult
  /** `null`: its text is not there any more. */
  reply: ReplyView | null
  measured: Measured
  target: Target
  /** What the route's evaluators said of it then. */
  scores: ReadonlyMap<string, number>
}

const NANO = 1e9
const NOTHING: Measured = { durationMs: null, ttftMs: null, costNano: null }

/** `recorded`: what the store still knows of the request. A reason where there is nothing to compare with. */
export function recordedArm(
  item: Pick<DatasetItem, 'reply' | 'facts' | 'requestId'>,
  recorded: RecordedRequest | null,
): RecordedArm | SkipReason {
  if (recorded === null) return ofItem(item)
  const { attempts, error, last_resort } = recorded
  if (attempts.length === 0) return recorded.cache === null ? 'baseline_failed' : 'baseline_cached'
  if (last_resort !== null || error === 'client_gone') return 'baseline_failed'
  const attempt = attempts.findLast(({ outcome }) => outcome === 'ok') ?? attempts.at(-1)!
  const served = (ms: number | null) => (ms === null ? null : Math.max(0, ms - attempt.queued_ms))
  const target = { provider: attempt.provider, model: attempt.model, weight: 1 }
  return {
    result: {
      requestId: recorded.request_id,
      target: `${attempt.provider}/${attempt.model}`,
      ...endedWith(error, () => ({
        ttft: recorded.stream ? served(attempt.ttft_ms) : null,
        latency: served(attempt.duration_ms),
        tokens: recorded.output_tokens,
        cost: recorded.cost_nano === null ? null : recorded.cost_nano / NANO,
      })),
    },
    reply: error === null ? (recorded.content?.reply ?? item.reply) : null,
    measured: { durationMs: attempt.duration_ms, ttftMs: attempt.ttft_ms, costNano: recorded.cost_nano },
    target,
    scores: new Map(Object.entries(recorded.scores)),
  }
}

/** Of an item that brings a reply: that there was one is all that is known of it. */
function ofItem({ reply, facts, requestId }: Pick<DatasetItem, 'reply' | 'facts' | 'requestId'>) {
  if (reply === null) return 'no_baseline'
  const target = splitTarget(facts.model ?? '')
  return {
    result: { requestId, target: target && facts.model!, ...endedWith(null, () => ({})) },
    reply,
    measured: NOTHING,
    target: { provider: '', model: '', ...target, weight: 1 },
    scores: new Map<string, number>(),
  }
}
