import type { GuardRule } from './guard-policy.ts'
import type { GuardMatch, TextOrigin } from './guardrail.ts'
import type { VerdictWord } from './verdict.ts'

/** A text that a person tries guardrails on, apart from any request. */
export interface GuardTrial {
  text: string
  origin: TextOrigin
  /** Whose guardrails these are; empty for one that is tried by itself. */
  route: string
  tenant: string
  rules: readonly GuardRule[]
}

/** What one rule says of it. */
export interface GuardTrialResult {
  rule: GuardRule
  /** False where texts of this origin mean nothing to it; the rest says nothing then. */
  looked: boolean
  /** What would be done, whatever the rule's mode is. */
  verdict: VerdictWord
  score: number
  threshold: number
  category: string | null
  /** Those at or above the threshold, in the text as it was given. */
  matches: readonly GuardMatch[]
  /** Repeats nothing of the text. */
  reason: string | null
  durationMs: number
  /** The text as it would go on; `null` where it would not be changed. */
  redacted: string | null
  /** Without secrets and personal data. */
  excerpt: string
  highlight: [start: number, end: number] | null
}

/** Runs guardrails on a text; each result stands in the place of its rule. Rejects never: a failure is a verdict. */
export type InspectText = (trial: GuardTrial) => Promise<GuardTrialResult[]>
