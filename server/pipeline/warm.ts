import { loadLanguages } from '../core/language.ts'
import type { Policy } from '../core/policy.ts'
import type { OpenGuarding } from './guarding/open-guarding.ts'

/** Loads what the policy's predicates and guardrails need now, so that no request waits for it. */
export function warm(policy: Policy, guarding: Pick<OpenGuarding, 'warm'>): void {
  const asksLanguage = [...policy.routes.values()].some(({ when }) =>
    when.some(({ text }) => text.includes('request.language')),
  )
  if (asksLanguage) loadLanguages()
  guarding.warm(policy)
}
