import type { EvaluatorKind } from '../core/evaluation.ts'
import { choiceOption, countOption } from '../core/options.ts'
import { estimateTokens } from '../core/token-estimate.ts'
import { onlyCallsTools } from './verdict.ts'

const UNITS = ['characters', 'words', 'sentences', 'tokens'] as const
const MOST = Number.MAX_SAFE_INTEGER

/** Within the bounds the score is 1; outside it is how far the reply comes: bound / length, or length / bound. */
export const length: EvaluatorKind = {
  id: 'length',
  description: 'The reply is neither too long nor too short.',
  options: {
    max: 'the most characters, words, … that the reply may have',
    min: 'the fewest',
    unit:
      '`characters` (default; UTF-16 units), `words` and `sentences` (both by Unicode’s rules), or `tokens` (estimated: real ' +
      'tokenizers count about a fifth more on English prose)',
  },
  create(options) {
    const { min, max } = options
    if (min === undefined && max === undefined) throw new TypeError('`min` or `max` must be given')
    const fewest = countOption(options, 'min', 0, MOST, 0)
    const most = countOption(options, 'max', 0, MOST, MOST)
    if (fewest > most) throw new TypeError('`min` is more than `max`')
    const unit = choiceOption(options, 'unit', UNITS)
    return {
      kind: 'length',
      cost: 'process',
      score({ reply }) {
        if (onlyCallsTools(reply)) return null
        const count = COUNTS[unit](reply.text)
        const told = `it has ${count} ${unit}`
        if (count > most)
          return { score: most / count, passed: false, reason: `The reply is too long: ${told} of at most ${most}.` }
        if (count < fewest)
          return {
            score: count / fewest,
            passed: false,
            reason: `The reply is too short: ${told} of at least ${fewest}.`,
          }
        return { score: 1, passed: true, reason: `The reply is as long as it should be: ${told}.` }
      },
    }
  },
}

const COUNTS: Readonly<Record<(typeof UNITS)[number], (text: string) => number>> = {
  characters: (text) => text.length,
  words: (text) => countSegments(text, 'word', ({ isWordLike }) => isWordLike === true),
  sentences: (text) => countSegments(text, 'sentence', ({ segment }) => /\S/.test(segment)),
  tokens: estimateTokens,
}

/** Unicode Standard Annex 29. */
function countSegments(
  text: string,
  granularity: 'word' | 'sentence',
  counts: (segment: Intl.SegmentData) => boolean,
): number {
  let count = 0
  for (const segment of new Intl.Segmenter('en', { granularity }).segment(text)) if (counts(segment)) count++
  return count
}
