import { type GuardRule, thresholdOf } from '../../core/guard-policy.ts'
import type { GuardMatch, GuardText, Inspection } from '../../core/guardrail.ts'
import type { VerdictRecord, VerdictWord } from '../../core/verdict.ts'
import type { ExcerptOf } from './excerpt.ts'
import type { Replacement } from './placeholders.ts'

/** What a rule makes of one inspection. */
export interface Finding {
  rule: GuardRule
  /** It counts. */
  hit: boolean
  /** Those that count. Empty for a hit that means the whole text. */
  matches: readonly GuardMatch[]
  inspection: Inspection
  threshold: number
}

/** Applies the threshold. */
export function findingOf(rule: GuardRule, inspection: Inspection): Finding {
  const threshold = thresholdOf(rule, inspection)
  const matches = inspection.matches.filter(({ score }) => score >= threshold)
  const isHit = inspection.score > 0 && inspection.score >= threshold
  return { rule, hit: isHit || matches.length > 0, matches, inspection, threshold }
}

/** What a rule that redacts takes out of a text. */
export function replacementsOf({ rule, matches, inspection }: Finding, text: string): Replacement[] {
  const { redaction, restore, name: guardrail } = rule
  const whole = { start: 0, end: text.length, category: inspection.category ?? rule.kind.kind, score: inspection.score }
  return (matches.length === 0 ? [whole] : matches).map((match) => ({ ...match, redaction, restore, guardrail }))
}

/** The surest of some matches, of those that are alike the first. */
export function surest(matches: readonly GuardMatch[]): GuardMatch | null {
  return matches.reduce<GuardMatch | null>((most, each) => (most && most.score >= each.score ? most : each), null)
}

/** Gathers what one rule says of one request or reply into its record: the worst of all texts. */
export class Tally {
  readonly rule: GuardRule
  readonly record: VerdictRecord
  readonly #excerptOf: ExcerptOf

  /** `startedMs`: after the request's start. */
  constructor(rule: GuardRule, spanId: string, startedMs: number, excerptOf: ExcerptOf) {
    this.rule = rule
    this.#excerptOf = excerptOf
    this.record = {
      span_id: spanId,
      guardrail: rule.name,
      kind: rule.kind.kind,
      stage: rule.stage,
      verdict: 'pass',
      action: rule.action,
      mode: rule.mode,
      score: 0,
      threshold: thresholdOf(rule),
      category: null,
      matches: 0,
      place: null,
      reason: null,
      excerpt: null,
      highlight: null,
      started_ms: startedMs,
      duration_ms: 0,
    }
  }

  get hit(): boolean {
    return this.record.verdict !== 'pass'
  }

  /** Where a text is looked at while it comes, a finding is to hold only those matches that are new. */
  add(finding: Finding, text: GuardText): void {
    const { record } = this
    const worst = surest(finding.matches)
    const score = worst?.score ?? finding.inspection.score
    const isWorse = !this.hit && finding.hit
    record.matches += finding.matches.length
    if (score < record.score && !isWorse) return
    if (this.hit && score === record.score) return
    record.score = score
    record.threshold = finding.threshold
    record.category = worst?.category ?? finding.inspection.category
    if (!finding.hit) return
    record.verdict = this.rule.action
    record.place = text.place
    record.reason = finding.inspection.reason ?? null
    Object.assign(record, this.#excerptOf(text.text, worst))
  }

  /** It could not tell. `why` repeats nothing of the text. */
  fail(why: string): void {
    const { record } = this
    record.verdict = 'error'
    record.reason = why
  }

  /** What is done where the action cannot be: e.g. nothing can be redacted in a text that is joined of several. */
  become(word: VerdictWord): void {
    this.record.verdict = word
  }
}
