import type { EvaluatorKind } from '../core/evaluation.ts'
import { choiceOption } from '../core/options.ts'
import { classifyOpening } from './refusal/classify.ts'
import { onlyCallsTools, verdict } from './verdict.ts'

/**
 * Refused is what the provider marks so or filters, and what says so in its first sentences. A reply that says it cannot
 * and then answers as well as it can has answered. English, German, Dutch, French, Spanish, Italian, Portuguese, Polish,
 * Japanese and Chinese are read.
 */
export const refusal: EvaluatorKind = {
  id: 'refusal',
  description: 'The reply is no refusal.',
  options: {
    abstentions:
      '`pass` (default) or `fail`: replies that say they do not know, find nothing in what they were given, or ask for what is missing',
  },
  create(options) {
    const mayAbstain = choiceOption(options, 'abstentions', ['pass', 'fail']) === 'pass'
    return {
      kind: 'refusal',
      cost: 'process',
      score({ reply }) {
        if (reply.refusal.trim() !== '') return verdict(false, 'The model refused.')
        if (reply.finishReason === 'content-filter') return verdict(false, 'A content filter took the reply.')
        if (onlyCallsTools(reply) || reply.text.trim() === '') return null
        switch (classifyOpening(reply.text)) {
          case 'refusal':
            return verdict(false, 'The reply refuses in its first sentences.')
          case 'abstention':
            return verdict(mayAbstain, 'The reply says that it does not know, or lacks what it needs.')
          case 'answer':
            return verdict(true, 'The reply does not refuse.')
        }
      },
    }
  },
}
