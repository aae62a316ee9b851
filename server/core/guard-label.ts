import type { GuardStage, TextOrigin } from './guardrail.ts'
import type { VerdictWord } from './verdict.ts'

/**
 * What a person says: of what was found that it was `right` or a `false-positive`; of what passed, or of a text that was
 * tried, that it should have been found (`missed`) or not (`benign`).
 */
export const GUARD_LABELS = ['right', 'false-positive', 'missed', 'benign'] as const
export type GuardLabelWord = (typeof GUARD_LABELS)[number]

/** What it is called that there was, or was not, something to be found in what a guardrail found or let pass. */
export function labelOf(harmful: boolean, verdict: VerdictWord): GuardLabelWord {
  if (verdict === 'pass') return harmful ? 'missed' : 'benign'
  return harmful ? 'right' : 'false-positive'
}

/** True where there was something to be found. */
export function isHarmful(label: GuardLabelWord): boolean {
  return label === 'right' || label === 'missed'
}

/** A text that a person tried and labelled. It holds no secret and no personal data: the excerpt has been redacted. */
export interface LabelledText {
  label: 'missed' | 'benign'
  /** `null`: tried with the guardrail as it is without options. */
  route: string | null
  /** The rule's name in that route. */
  guardrail: string | null
  kind: string
  stage: GuardStage
  origin: TextOrigin
  score: number
  threshold: number
  category: string | null
  excerpt: string
  /** Where in the excerpt the match stands. */
  highlight: [start: number, end: number] | null
}

/** What is asked of the store by hand, apart from the cache. `at` is milliseconds since the epoch. */
export type DeskCommand =
  /** `harmful`: there was something to be found. With what the verdict was it makes the label. */
  | { type: 'label-verdict'; verdict: number; harmful: boolean; actor: string; at: number }
  | { type: 'label-text'; text: LabelledText; actor: string; at: number }
  | { type: 'remove-label'; id: number; actor: string; at: number }
  /** Notes in the audit trail what was done elsewhere. */
  | { type: 'note'; action: string; detail: object; actor: string; at: number }

export interface DeskAnswers {
  /** Id of the label, in place of the one that the verdict had; `null` where there is no such verdict. */
  'label-verdict': number | null
  'label-text': number
  /** False where there is no such label. */
  'remove-label': boolean
  note: null
}
