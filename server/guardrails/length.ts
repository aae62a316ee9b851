import type { GuardrailKind } from '../core/guardrail.ts'
import { countOption } from '../core/options.ts'
import { estimateTokens } from '../core/token-estimate.ts'
import { nothingFound, wholeText } from './inspection.ts'

const NAMES = ['max_characters', 'max_tokens', 'min_characters'] as const
const MOST = Number.MAX_SAFE_INTEGER
const count = (description: string) => ({ description, schema: { type: 'integer', minimum: 1 } })

/** How long all texts of the stage are together. */
export const length: GuardrailKind = {
  kind: 'length',
  description: 'Texts of the stage that are together too long or too short.',
  stages: ['pre', 'context', 'post'],
  actions: ['block', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'process',
  options: {
    max_characters: count('The most characters (UTF-16 units) that all texts of the stage may have.'),
    max_tokens: count(
      'The most tokens. They are estimated: real tokenizers count about a fifth more on English prose.',
    ),
    min_characters: count('The fewest characters (UTF-16 units).'),
  },
  create(options) {
    if (NAMES.every((name) => options[name] === undefined))
      throw new TypeError(`one of ${NAMES.map((name) => `\`${name}\``).join(', ')} must be given`)
    const mostCharacters = countOption(options, 'max_characters', 1, MOST, MOST)
    const mostTokens = countOption(options, 'max_tokens', 1, MOST, MOST)
    const fewest = countOption(options, 'min_characters', 1, MOST, 1)
    if (fewest > mostCharacters) throw new TypeError('`min_characters` is more than `max_characters`')
    const tooShort = options.min_characters === undefined ? 0 : fewest
    return {
      kind: 'length',
      takes: 'all',
      inspect({ text }) {
        if (text.length > mostCharacters) return wholeText(1, 'characters', 'The text is too long.')
        if (text.length < tooShort) return wholeText(1, 'characters', 'The text is too short.')
        // A token has one unit at least.
        if (text.length > mostTokens && estimateTokens(text) > mostTokens)
          return wholeText(1, 'tokens', 'The text has too many tokens.')
        return nothingFound
      },
    }
  },
}
