/** The words of guardrails, as shapes of the admin API. */
import Type from 'typebox'
import { GUARD_LABELS } from '../../core/guard-label.ts'
import { GUARD_ACTIONS, GUARD_STAGES } from '../../core/guardrail.ts'
import { VERDICT_WORDS } from '../../core/verdict.ts'

export const GuardStage = Type.Enum([...GUARD_STAGES], {
  description: 'pre: all of the request; context: third-party text in it; post: the reply',
})
export const GuardAction = Type.Enum([...GUARD_ACTIONS])
export const GuardMode = Type.Enum(['enforce', 'monitor'], {
  description: 'monitor: what it would do is recorded, and nothing is done',
})
export const VerdictWord = Type.Enum([...VERDICT_WORDS], { description: 'error: the guardrail could not tell' })
export const GuardLabelWord = Type.Enum([...GUARD_LABELS], {
  description: 'of what was found: right or false-positive; of what passed, or was tried: missed or benign',
})
export const Score = (description?: string) =>
  Type.Number({ minimum: 0, maximum: 1, ...(description ? { description } : {}) })
