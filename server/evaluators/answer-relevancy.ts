import type { EvaluatorKind, RequestView } from '../core/evaluation.ts'
import { numberOption } from '../core/options.ts'
import { asksForTranslation } from './relevancy/expected.ts'
import { judge } from './relevancy/judge.ts'
import { signalsOf } from './relevancy/signals.ts'
import { topicOf } from './relevancy/topic.ts'
import { contextOf } from './text/brought.ts'
import { readWords } from './text/words.ts'
import { isBeforeText } from './verdict.ts'

const THRESHOLD = 0.5
/** A question of less weight takes up what was asked before it. */
const FOLLOWS_UP = 1
const LONGEST_QUESTION = 16_384

/**
 * Does the reply answer the question that was asked? By the words of the question that it has, by the kind of answer that
 * the question asks for, and by what the context has next to the question's words. `null` where
 * nothing is asked, or a translation, which shares no words with the question.
 */
export const answerRelevancy: EvaluatorKind = {
  id: 'answer-relevancy',
  description: 'The reply answers the question that was asked.',
  options: { threshold: `the score to pass, 0..1; ${THRESHOLD} where none is given` },
  create(options) {
    const threshold = numberOption(options, 'threshold', 0, 1, THRESHOLD)
    return {
      kind: 'answer-relevancy',
      cost: 'process',
      score(subject) {
        const { reply, request } = subject
        const question = questionOf(request)
        if (question === null || asksForTranslation(question) || isBeforeText(subject)) return null
        if (reply.refusal.trim() !== '') return { score: 0, passed: false, reason: 'The model refused.' }
        if (reply.text.trim() === '') return { score: 0, passed: false, reason: 'The reply is empty.' }
        return judge(signalsOf(question, reply.text, contextOf(subject, 'auto') ?? ''), threshold)
      },
    }
  },
}

/** The latest question, after the one before where it says too little alone; `null` where it says nothing. */
function questionOf({ question, messages }: RequestView): string | null {
  const latest = question.slice(0, LONGEST_QUESTION)
  if (weightOf(latest) >= FOLLOWS_UP) return latest
  const before = messages.flatMap(({ role, text }) => (role === 'user' && text !== question ? [text] : [])).at(-1) ?? ''
  const both = `${before.slice(0, LONGEST_QUESTION - latest.length - 1)}\n${latest}`
  return weightOf(both) > 0 ? both : null
}

function weightOf(text: string): number {
  return topicOf(readWords(text)).reduce((sum, { weight }) => sum + weight, 0)
}
