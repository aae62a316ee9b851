import type { GuardrailKind } from '../core/guardrail.ts'
import { detectLanguage, loadLanguages } from '../core/language.ts'
import { textsOption } from '../core/options.ts'
import { nothingFound, wholeText } from './inspection.ts'

const CODE = /^[a-z]{2}$/

/** The language of a text, of those that are allowed. */
export const language: GuardrailKind = {
  kind: 'language',
  description: 'Texts in languages that are not allowed. What is too short, or could be in several, passes.',
  stages: ['pre', 'post'],
  actions: ['block', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'process',
  options: {
    allowed: {
      description:
        'ISO 639-1 codes, such as `en`. Sixty languages are told apart, by the first 400 characters that are no code.',
      schema: { type: 'array', items: { type: 'string', pattern: CODE.source }, minItems: 1 },
    },
  },
  create(options) {
    const allowed = textsOption(options, 'allowed')
    if (!allowed.every((code) => CODE.test(code)))
      throw new TypeError('`allowed` must be a list of ISO 639-1 codes: two small letters each')
    loadLanguages()
    return {
      kind: 'language',
      takes: 'latest',
      ignores: new Set(['tool-call']),
      inspect({ text }) {
        const found = detectLanguage(text)
        if (found === undefined || allowed.includes(found)) return nothingFound
        return wholeText(1, found, 'The text is in a language that is not allowed.')
      },
    }
  },
}
