import type { EvaluatorKind } from '../core/evaluation.ts'
import { choiceOption, numberOption } from '../core/options.ts'
import { Context } from './groundedness/context.ts'
import { judge } from './groundedness/judge.ts'
import { readReply, sentencesOf } from './groundedness/reply.ts'
import { CONTEXT_SOURCES, contextOf, stemsAsked } from './text/brought.ts'
import { isBeforeText } from './verdict.ts'

/** Balances what passes wrongly with what fails wrongly, over all sources that the weights were trained on. */
const THRESHOLD = 0.5

/**
 * Does every sentence of the reply rest on the context? Sentence by sentence: the few passages that hold most of its words,
 * then what they do not hold, numbers and names that the context has not, and what it says the other way round. `null`
 * where no context is brought, or it is in another language. Of a context 64 Ki characters are read, of a reply 16 Ki.
 */
export const groundedness: EvaluatorKind = {
  id: 'groundedness',
  description: 'Every sentence of the reply rests on the context.',
  options: {
    threshold: `the score to pass, 0..1; ${THRESHOLD} where none is given`,
    context:
      'where a dataset brings none: `auto` (default) takes tool results and documents in messages; `tools`, `system`, `user` or `all` take those texts whole',
    chatter:
      '`ignore` (default) passes over courtesies, questions and “I do not know”; `count` has them rest on the context as well',
  },
  create(options) {
    const threshold = numberOption(options, 'threshold', 0, 1, THRESHOLD)
    const source = choiceOption(options, 'context', CONTEXT_SOURCES)
    const ignore = choiceOption(options, 'chatter', ['ignore', 'count']) === 'ignore'
    return {
      kind: 'groundedness',
      cost: 'process',
      score(subject) {
        const { text } = subject.reply
        const brought = contextOf(subject, source)
        if (brought === null || text.trim() === '' || isBeforeText(subject)) return null
        const context = new Context(brought)
        const sentences = sentencesOf(text)
        if (context.passages.length === 0 || context.isForeign(sentences.flatMap(({ words }) => words))) return null
        return judge(readReply(sentences, context, stemsAsked(subject), ignore), threshold)
      },
    }
  },
}
