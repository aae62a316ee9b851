import type { GuardMatch } from '../../server/core/guardrail.ts'
import type { Annotated, Span } from './pii-data.ts'

/** Our type for each of the data's; those without one are neither asked for nor held against a match. */
export const TYPE_OF: Readonly<Record<string, string>> = {
  CREDIT_CARD: 'CREDIT_CARD',
  PHONE_NUMBER: 'PHONE',
  EMAIL_ADDRESS: 'EMAIL',
  US_SSN: 'NATIONAL_ID',
  IBAN_CODE: 'IBAN',
  IP_ADDRESS: 'IP_ADDRESS',
  US_DRIVER_LICENSE: 'DRIVER_LICENSE',
  DOMAIN_NAME: 'URL',
  PERSON: 'PERSON',
  LOCATION: 'LOCATION',
  ADDRESS: 'LOCATION',
  ORGANIZATION: 'ORGANIZATION',
}

export class Tally {
  right = 0
  missed = 0
  wrong = 0

  get precision(): number {
    return this.right + this.wrong === 0 ? 1 : this.right / (this.right + this.wrong)
  }

  get recall(): number {
    return this.right + this.missed === 0 ? 1 : this.right / (this.right + this.missed)
  }

  get f(): number {
    const sum = this.precision + this.recall
    return sum === 0 ? 0 : (2 * this.precision * this.recall) / sum
  }

  add(other: Tally): this {
    this.right += other.right
    this.missed += other.missed
    this.wrong += other.wrong
    return this
  }
}

/**
 * Counts by type. A span is found where a match of its type covers at least half of it, and a match is right where at
 * least half of it lies in spans of its type; so one match may stand for the parts of an address.
 */
export function score(
  rows: readonly Annotated[],
  find: (text: string) => readonly GuardMatch[],
  types: ReadonlySet<string>,
): Map<string, Tally> {
  const tallies = new Map([...types].map((type) => [type, new Tally()]))
  for (const { text, spans } of rows) {
    const matches = find(text)
    const known = spans.filter(({ type }) => types.has(TYPE_OF[type] ?? ''))
    for (const span of known) {
      const type = TYPE_OF[span.type]!
      const same = matches.filter((match) => match.category === type)
      if (covered(span, same) >= 0.5) tallies.get(type)!.right++
      else tallies.get(type)!.missed++
    }
    for (const match of matches) {
      if (!types.has(match.category)) continue
      const same = spans.filter(({ type }) => TYPE_OF[type] === match.category)
      const unknown = spans.filter(({ type }) => TYPE_OF[type] === undefined)
      if (covered(match, same) >= 0.5 || covered(match, unknown) >= 0.5) continue
      tallies.get(match.category)!.wrong++
    }
  }
  return tallies
}

/** The part of a stretch that others cover, 0..1. */
function covered(
  { start, end }: { start: number; end: number },
  others: readonly { start: number; end: number }[],
): number {
  const shared = others.reduce(
    (sum, other) => sum + Math.max(0, Math.min(end, other.end) - Math.max(start, other.start)),
    0,
  )
  return shared / (end - start)
}

/** Spans found exactly, over all types: the strict F1 of named entity recognition. */
export function exact(
  rows: readonly Annotated[],
  find: (text: string) => readonly GuardMatch[],
  types: ReadonlySet<string>,
): Tally {
  const tally = new Tally()
  const key = (type: string, { start, end }: { start: number; end: number }) => `${type} ${start} ${end}`
  for (const { text, spans } of rows) {
    const known = spans.filter(({ type }) => types.has(TYPE_OF[type] ?? ''))
    const there = new Set(known.map((span: Span) => key(TYPE_OF[span.type]!, span)))
    const matches = find(text).filter(({ category }) => types.has(category))
    const right = matches.filter((match) => there.has(key(match.category, match))).length
    tally.right += right
    tally.wrong += matches.length - right
    tally.missed += there.size - right
  }
  return tally
}
