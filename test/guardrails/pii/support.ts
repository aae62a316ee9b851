import type { GuardContext, GuardMatch, Guardrail } from '../../../server/core/guardrail.ts'
import { pii } from '../../../server/guardrails/pii/index.ts'

/** The matches of a text that nothing but itself has a say in. */
export function matchesOf(guardrail: Guardrail, text: string): readonly GuardMatch[] {
  const inspection = guardrail.inspect({ text, origin: 'user', place: 'messages[0]' }, {} as GuardContext)
  if (inspection instanceof Promise) throw new TypeError('it is to answer at once')
  return inspection.matches
}

/** What was found, as `CATEGORY value`. */
export function foundBy(guardrail: Guardrail, text: string): string[] {
  return matchesOf(guardrail, text).map(({ category, start, end }) => `${category} ${text.slice(start, end)}`)
}

const standard = pii.create({})

/** What personal data was found, likewise. */
export function found(text: string, options?: Record<string, unknown>): string[] {
  return foundBy(options === undefined ? standard : pii.create(options), text)
}
