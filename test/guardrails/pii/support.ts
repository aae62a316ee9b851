import type { GuardContext, GuardMatch, Guardrail } from '../../../server/core/guardrail.ts'
import { pii } from '../../../server/guardrails/pii/index.ts'

/** The matches of a text that nothing but itself has a say in. */
export function matchesOf(guardrail: Guardrail, text: string): readonly GuardMatch[] {
  const inspection = guardrail.inspect({ text, origin: 'user', place: 'messages[0]' }, {} as GuardContext)
  if (inspection instanceof Promise) throw new TypeError('it is to answer at once')
  return inspection.matches
}

const standard = pii.create({})

/** What was found, as `CATEGORY value`. */
export function found(text: string, options?: Record<string, unknown>): string[] {
  const guardrail = options === undefined ? standard : pii.create(options)
  return matchesOf(guardrail, text).map(({ category, start, end }) => `${category} ${text.slice(start, end)}`)
}
