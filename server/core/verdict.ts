import type { GuardAction, GuardStage } from './guardrail.ts'

/** What came of one inspection: `error`, it could not tell. */
export const VERDICT_WORDS = ['pass', 'warn', 'redact', 'block', 'escalate', 'error'] as const
export type VerdictWord = (typeof VERDICT_WORDS)[number]

/**
 * What one guardrail said of one request or reply, as it is recorded: of several texts and matches the worst. Times are
 * milliseconds after the request's start. It holds no secret and no personal data: the excerpt has been redacted.
 */
export interface VerdictRecord {
  span_id: string
  /** The rule's name in its route. */
  guardrail: string
  kind: string
  stage: GuardStage
  /** What was done, or in `monitor` mode would have been. */
  verdict: VerdictWord
  action: GuardAction
  mode: 'enforce' | 'monitor'
  score: number
  threshold: number
  category: string | null
  /** Matches at or above the threshold, over all texts. */
  matches: number
  /** Which text it is about, e.g. `messages[3]`. */
  place: string | null
  /** Repeats nothing of the text. */
  reason: string | null
  /** Of the text around the worst match; `null` for a pass. */
  excerpt: string | null
  /** Where in the excerpt the match stands. */
  highlight: [start: number, end: number] | null
  started_ms: number
  duration_ms: number
}

/** Did something, and not only in `monitor` mode. */
export function tookEffect({ verdict, mode }: VerdictRecord): boolean {
  return mode === 'enforce' && verdict !== 'pass'
}

/** From the one that weighs most. */
const BY_WEIGHT: readonly VerdictWord[] = ['block', 'error', 'escalate', 'redact', 'warn']

/** The verdict of a request that weighs most, of those that took effect; `null` where none did. */
export function worstVerdict(verdicts: readonly VerdictRecord[]): VerdictWord | null {
  const words = new Set(verdicts.filter(tookEffect).map(({ verdict }) => verdict))
  return BY_WEIGHT.find((word) => words.has(word)) ?? null
}
