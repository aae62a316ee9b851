import type { Guardrail, GuardrailKind } from '../../core/guardrail.ts'
import { foundKinds } from '../inspection.ts'
import { findSecrets, LOOK_BEHIND, settledSecrets } from './scan.ts'

/** Keys, tokens and passwords in a text: whose they are and where. */
export const secrets: GuardrailKind = {
  kind: 'secrets',
  description: 'Finds keys, tokens, passwords and private keys, by format, or by entropy beside a telling name.',
  stages: ['pre', 'context', 'post'],
  actions: ['block', 'redact', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'process',
  options: {
    allow: {
      description: 'Values that are never touched, e.g. keys of a test system.',
      schema: { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true },
    },
  },
  create({ allow = [] }): Guardrail {
    if (!Array.isArray(allow) || !allow.every((value) => typeof value === 'string' && value !== ''))
      throw new TypeError('`allow` must be a list of texts')
    const allowed: ReadonlySet<string> = new Set(allow)
    return {
      kind: 'secrets',
      takes: 'each',
      inspect: ({ text }) => foundKinds(findSecrets(text, allowed), 'Secrets'),
      incremental: { lookBehind: LOOK_BEHIND, settled: (text) => settledSecrets(text, allowed) },
    }
  },
}
