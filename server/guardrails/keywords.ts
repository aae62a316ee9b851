import type { GuardrailKind } from '../core/guardrail.ts'
import { choiceOption, textOption, textsOption } from '../core/options.ts'
import { foundMatches, settledIn } from './inspection.ts'
import { wordFinder } from './words/find.ts'
import { foldOf, foldWord } from './words/fold.ts'

const MATCH = ['word', 'part'] as const

/** Words and phrases of a list. */
export const keywords: GuardrailKind = {
  kind: 'keywords',
  description: 'Words and phrases of a list, whatever their case, accents and typographic form.',
  stages: ['pre', 'context', 'post'],
  actions: ['block', 'redact', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'process',
  options: {
    words: {
      description:
        'Words and phrases. Case, accents, compatibility forms (Ｗｉｄｅ, 𝐛𝐨𝐥𝐝, ﬁ) and characters that are not seen make no ' +
        'difference; any blanks stand for a blank.',
      schema: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
    },
    match: {
      description: '`word` (default): no letter or digit may stand beside it. `part`: also within other words.',
      schema: { enum: MATCH },
    },
    category: {
      description:
        'What the verdict calls it, and the placeholder where it is redacted; `KEYWORD` where none is given.',
      schema: { type: 'string', minLength: 1 },
    },
  },
  create(options) {
    const match = choiceOption(options, 'match', MATCH)
    const category = textOption(options, 'category', 'KEYWORD')
    const words = textsOption(options, 'words').map(foldWord)
    const empty = words.indexOf('')
    if (empty >= 0) throw new TypeError(`\`words[${empty}]\` has no characters that are seen`)
    const finder = wordFinder(words, { category, whole: match === 'word', fold: foldOf })
    return {
      kind: 'keywords',
      takes: 'each',
      inspect: ({ text }) => foundMatches(finder.find(text), 'A word of the list stands in the text.'),
      incremental: { lookBehind: finder.lookBehind, settled: (text) => settledIn([finder.findSoFar(text)]) },
    }
  },
}
