import type { GuardrailKind } from '../core/guardrail.ts'
import { countOption } from '../core/options.ts'
import { foundMatches, settledIn, unite } from './inspection.ts'
import { type PatternFinder, patternFinder } from './patterns/find.ts'

const CATEGORY = 'PATTERN'
const LONGEST = 256
const MOST = 4096

/** Regular expressions of a list. */
export const regex: GuardrailKind = {
  kind: 'regex',
  description: 'Regular expressions of a list, in linear time.',
  stages: ['pre', 'context', 'post'],
  actions: ['block', 'redact', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'process',
  options: {
    patterns: {
      description:
        'Regular expressions (RE2 syntax), or mappings of `pattern` and `category`, which is what the verdict calls it ' +
        `and the placeholder where it is redacted; \`${CATEGORY}\` where none is given. Everything that a pattern ` +
        'could match counts, so lazy or greedy makes no difference, and what overlaps is one match.',
      schema: {
        type: 'array',
        minItems: 1,
        items: {
          anyOf: [
            { type: 'string', minLength: 1 },
            {
              type: 'object',
              properties: { pattern: { type: 'string', minLength: 1 }, category: { type: 'string', minLength: 1 } },
              required: ['pattern'],
              additionalProperties: false,
            },
          ],
        },
      },
    },
    longest: {
      description:
        'UTF-16 units of the longest match of a pattern that has no longest of its own, such as `key: .*`; a stream may ' +
        `be held back by so many. Text beyond it is not part of the match. ${LONGEST} where none is given.`,
      schema: { type: 'integer', minimum: 1, maximum: MOST },
    },
  },
  create(options) {
    const longest = countOption(options, 'longest', 1, MOST, LONGEST)
    const finders = patternsOf(options.patterns, longest)
    return {
      kind: 'regex',
      takes: 'each',
      inspect({ text }) {
        const matches = unite(finders.flatMap((finder) => finder.find(text)))
        return foundMatches(matches, 'A pattern of the list matches the text.')
      },
      incremental: {
        // Two more for the character before a match, which its first assertion looks at.
        lookBehind: Math.max(...finders.map((finder) => finder.longest)) + 2,
        settled: (text) => settledIn(finders.map((finder) => finder.findSoFar(text))),
      },
    }
  },
}

function patternsOf(value: unknown, longest: number): PatternFinder[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new TypeError('`patterns` must be a list of regular expressions')
  return value.map((item: unknown, at) => {
    const { pattern, category = CATEGORY } = (typeof item === 'object' && item !== null ? item : { pattern: item }) as {
      pattern?: unknown
      category?: unknown
    }
    if (typeof pattern !== 'string') throw new TypeError(`\`patterns[${at}]\` must be a regular expression`)
    if (typeof category !== 'string' || category === '')
      throw new TypeError(`\`patterns[${at}].category\` must be a text`)
    return patternFinder(pattern, `patterns[${at}]`, longest, category)
  })
}
