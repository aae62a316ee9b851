import { LRUCache } from 'lru-cache'
import type { GuardrailKind } from '../core/guardrail.ts'
import { countOption, optionalTexts } from '../core/options.ts'
import { foundMatches, settledIn, unite } from './inspection.ts'
import { canaryFinders } from './leak/canaries.ts'
import { type Overlap, overlapLookBehind, overlapWith } from './leak/overlap.ts'

const WORDS = 12
const FEWEST = 4
const MOST = 100
/** System prompts whose words are kept: apps mostly have one each. */
const KEPT = 32

/** Replies that give away what stands in the system prompt. */
export const systemPromptLeak: GuardrailKind = {
  kind: 'system-prompt-leak',
  description: 'Replies that repeat the system prompt word for word, or a canary that stands in it.',
  stages: ['post'],
  actions: ['block', 'redact', 'warn', 'escalate'],
  threshold: 0.5,
  cost: 'process',
  options: {
    words: {
      description:
        'Words in a row that a reply may not share with the system prompt. Case, accents and signs make no difference; ' +
        'of scripts without blanks each character counts. Prompts of fewer words are not meant. A translation or a ' +
        `summary is not found. ${WORDS} where none is given.`,
      schema: { type: 'integer', minimum: FEWEST, maximum: MOST },
    },
    canaries: {
      description:
        'Texts that stand in the system prompt only to be found here: also in other cases, spaced out, reversed, in ' +
        'base64 and in hexadecimal. At least 8 letters and digits each.',
      schema: { type: 'array', items: { type: 'string', minLength: 8 }, minItems: 1 },
    },
  },
  create(options) {
    const words = countOption(options, 'words', FEWEST, MOST, WORDS)
    const canaries = canaryFinders(optionalTexts(options, 'canaries') ?? [], 'CANARY')
    const overlaps = new LRUCache<string, Overlap>({ max: KEPT })
    const overlapOf = (systemPrompt: string) => {
      const overlap = overlaps.get(systemPrompt) ?? overlapWith(systemPrompt, words, 'PROMPT')
      overlaps.set(systemPrompt, overlap)
      return overlap
    }
    return {
      kind: 'system-prompt-leak',
      takes: 'each',
      inspect: ({ text }, { systemPrompt }) =>
        foundMatches(
          unite([...canaries.flatMap((finder) => finder.find(text)), ...overlapOf(systemPrompt).find(text)]),
          'The reply repeats a part of the system prompt.',
        ),
      incremental: {
        lookBehind: Math.max(overlapLookBehind(words), ...canaries.map(({ lookBehind }) => lookBehind)),
        settled(text, context) {
          if (context === undefined) return 0
          return settledIn([...canaries, overlapOf(context.systemPrompt)].map((finder) => finder.findSoFar(text)))
        },
      },
    }
  },
}
