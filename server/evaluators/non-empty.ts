import type { EvaluatorKind, ReplyView } from '../core/evaluation.ts'
import { verdict } from './verdict.ts'

/**
 * Passes what has text or calls a tool and is no refusal. A text that was cut off passes: it is incomplete, not empty.
 * Without text the reason tells how the reply ended, e.g. as all tokens went into reasoning.
 */
export const nonEmpty: EvaluatorKind = {
  id: 'non-empty',
  description: 'The reply has text or calls a tool, and is no refusal.',
  options: {},
  create: () => ({
    kind: 'non-empty',
    cost: 'process',
    score({ reply }) {
      if (reply.refusal.trim() !== '') return verdict(false, 'The model refused.')
      if (reply.toolCalls.length > 0) return verdict(true, 'The reply calls a tool.')
      if (reply.text.trim() !== '') return verdict(true, 'The reply has text.')
      return verdict(false, `The reply is empty${ENDINGS[reply.finishReason ?? 'other']}.`)
    },
  }),
}

const ENDINGS: Readonly<Record<NonNullable<ReplyView['finishReason']>, string>> = {
  stop: '',
  'tool-calls': '',
  other: '',
  length: ': its tokens ran out before any text',
  'content-filter': ': a content filter took it',
}
