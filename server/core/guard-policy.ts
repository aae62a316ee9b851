import type { GuardAction, Guardrail, GuardrailKind, GuardStage, Inspection } from './guardrail.ts'
import type { Target } from './target.ts'

/** What takes the place of a match: a name that stands for it, stars, or a keyed hash. */
export const REDACTIONS = ['placeholder', 'mask', 'hash'] as const
export type Redaction = (typeof REDACTIONS)[number]

/** One entry of a route's `guardrails`. */
export interface GuardRule {
  /** For people and records; unique within the route. */
  name: string
  kind: GuardrailKind
  guardrail: Guardrail
  stage: GuardStage
  action: GuardAction
  /** `null`: the kind's own. */
  threshold: number | null
  onError: 'block' | 'pass'
  /** `monitor`: what it says is recorded, and nothing is done about it. */
  mode: 'enforce' | 'monitor'
  /** Share of requests that are inspected. */
  sample: number
  timeoutMs: number
  /** Of `action: escalate`. */
  escalateTo: Target | null
  redaction: Redaction
  /** Placeholders in the reply become what they stand for. */
  restore: boolean
  /** As the file has them, for a thread that makes the same guardrail, and to tell two policies apart. */
  options: Readonly<Record<string, unknown>>
  /** Why it cannot tell anything, e.g. an unset environment variable; `null` when it can. */
  problem: string | null
}

/** Of a route that says nothing of its own. */
export const DEFAULT_REFUSAL = 'This was not answered, because a guardrail of this gateway did not let it pass.'

/** How a route guards requests and replies. */
export interface GuardPolicy {
  rules: readonly GuardRule[]
  /** What a client gets instead of what is blocked: an error, or a reply that declines. */
  onBlock: 'error' | 'refusal'
  /** The text of a reply that declines. */
  refusal: string
}

/** What counts: as the config says, or as the kind has it for what it said, or at all. */
export function thresholdOf({ threshold, kind }: GuardRule, inspection?: Inspection): number {
  return threshold ?? inspection?.threshold ?? kind.threshold
}

/** Rules that may change what goes on: a verdict of these must be there before it does. */
export function mayChange({ mode, action }: GuardRule): boolean {
  return mode === 'enforce' && action !== 'warn'
}
