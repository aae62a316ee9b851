import type { Score } from '../../server/core/evaluation.ts'
import { answerRelevancy } from '../../server/evaluators/answer-relevancy.ts'
import { noServices, requestOf, subjectOf } from '../evaluators/subject.ts'
import { EVASIONS } from './cases/questions-english.ts'
import { type Measured, measure } from './measures.ts'
import type { ExchangeSet } from './relevancy-sets.ts'

/** A set through the evaluator as it is used. */
export function measureRelevancy({ name, exchanges }: ExchangeSet): Measured {
  return measure(name, exchanges, ({ question, context, reply }) => {
    const score = scoreOf(question, reply, context)
    return { size: question.length + context.length + reply.length, score: score?.score ?? null }
  })
}

/** The share of evasions that fail, over all questions. */
export function failedEvasions(questions: readonly string[]): number {
  const scores = questions.flatMap((question) => EVASIONS.map((reply) => scoreOf(question, reply, '')))
  return scores.filter((score) => score?.passed === false).length / scores.length
}

function scoreOf(question: string, reply: string, context: string): Score | null {
  const reference = context === '' ? null : { context }
  const subject = subjectOf(reply, { request: requestOf(question), reference })
  return answerRelevancy.create({}).score(subject, noServices()) as Score | null
}
