/** How the words of guardrails are said. */
import type { GuardLabelRow, GuardrailStats, RequestRow, VerdictRow } from '../../server/http/admin/schemas.ts'
import { formatShare } from '../format.ts'

type Word = VerdictRow['verdict']

/** What was done. */
export const doneWords: Record<Word, string> = {
  pass: 'passed',
  warn: 'warned',
  redact: 'redacted',
  block: 'blocked',
  escalate: 'escalated',
  error: 'could not tell',
}

/** What was done, or would have been. */
export function verdictWords({ verdict, mode }: Pick<VerdictRow, 'verdict' | 'mode'>): string {
  const isDone = mode === 'enforce' || verdict === 'pass' || verdict === 'error'
  return isDone ? doneWords[verdict] : `would be ${doneWords[verdict]}`
}

/** The design token that a verdict is written in. */
export const verdictTones: Record<Word, string> = {
  pass: 'ok',
  warn: 'fallback',
  redact: 'running',
  block: 'refused',
  escalate: 'synthetic',
  error: 'error',
}

export const labelWords: Record<GuardLabelRow['label'], string> = {
  right: 'right',
  'false-positive': 'false positive',
  missed: 'missed',
  benign: 'benign',
}

export const labelTones: Record<GuardLabelRow['label'], string> = {
  right: 'ok',
  'false-positive': 'error',
  missed: 'error',
  benign: 'ok',
}

export const originWords = {
  user: 'what the user said',
  'third-party': 'a tool result or document',
  system: 'the system prompt',
  assistant: 'an earlier reply',
  definition: 'a tool’s description',
  'tool-call': 'arguments of a tool call',
  reply: 'the reply',
  reasoning: 'the reply’s reasoning',
} as const
export type Origin = keyof typeof originWords

type Counts = GuardrailStats['total']

/** What is counted, in the order in which it stands in charts and tables. */
export const measures: readonly { name: string; token: string; of: (counts: Counts) => number }[] = [
  { name: 'Blocked', token: '--refused', of: ({ blocks }) => blocks },
  { name: 'Redacted', token: '--running', of: ({ redactions }) => redactions },
  { name: 'Warned', token: '--fallback', of: ({ warnings }) => warnings },
  { name: 'Escalated', token: '--synthetic', of: ({ escalations }) => escalations },
  { name: 'Failed', token: '--error', of: ({ errors }) => errors },
  { name: 'Monitored', token: '--ink-3', of: ({ monitored }) => monitored },
]

/** A score or a threshold. */
export function formatScore(score: number): string {
  return score.toFixed(3)
}

/** What set a request apart, with the guardrails and what they found; `null` where nothing took effect. */
export function guardMark({ guardrail, verdicts }: Pick<RequestRow, 'guardrail' | 'verdicts'>) {
  if (guardrail === null) return null
  const word = guardrail as Word
  const named = verdicts.filter((each) => each.verdict === word && each.mode === 'enforce')
  const title = named.map(({ guardrail: name, category }) => (category === null ? name : `${name}: ${category}`))
  return { words: doneWords[word] ?? guardrail, tone: verdictTones[word] ?? 'refused', title: title.join(', ') }
}

/** Found out of all that there was to find, and found without reason out of all that is harmless. */
export function ratesOf(point: {
  true_positives: number
  false_positives: number
  true_negatives: number
  false_negatives: number
}) {
  const harmful = point.true_positives + point.false_negatives
  const harmless = point.false_positives + point.true_negatives
  return {
    found: harmful === 0 ? 0 : point.true_positives / harmful,
    wronged: harmless === 0 ? 0 : point.false_positives / harmless,
    foundWords: formatShare(point.true_positives, harmful),
    wrongedWords: formatShare(point.false_positives, harmless),
  }
}
