import type { Ranked } from '../core/policy.ts'
import type { AttemptContext } from './context.ts'
import { conversationKey } from './conversation-key.ts'

/** A plan's targets in the groups in which they are tried, each in the plan's order. */
export interface TargetGroups {
  ready: Ranked[]
  /** They asked to be left alone for a while. */
  cooling: Ranked[]
  /** Their last reply in this conversation failed its evaluators. */
  failed: Ranked[]
}

/** Changes nothing. Without a breaker nobody is left alone. */
export function groupTargets({ plan, deps, ...request }: AttemptContext): TargetGroups {
  const { targets, settings } = plan
  const { breaker, judging } = settings
  const groups: TargetGroups = { ready: [], cooling: [], failed: [] }
  const failed = judging ? deps.escalations.failedTargets(conversationKey({ plan, deps, ...request })) : null
  for (const ranked of targets) {
    if (failed?.has(ranked.target)) groups.failed.push(ranked)
    else if (breaker && deps.gate.standing(ranked.target, breaker).name === 'cooling') groups.cooling.push(ranked)
    else groups.ready.push(ranked)
  }
  return groups
}
