import type { EvaluationServices, EvaluatorRule, Score, Subject } from '../core/evaluation.ts'

/** What came of one evaluator. */
export interface Evaluated {
  rule: EvaluatorRule
  /** `null`: it has nothing to judge by, or could not tell. */
  score: Score | null
  /** Why it could not tell. */
  problem: string | null
}

export interface Evaluation {
  services: EvaluationServices
  /** Milliseconds after which nothing is waited for. */
  limitMs: number
  /** False: evaluators that ask a model are left out. */
  mayAsk: boolean
}

/**
 * Has a reply judged, by all evaluators at the same time. Never rejects: one that fails, or takes too long, has a problem
 * in the place of a score.
 */
export async function evaluate(
  rules: readonly EvaluatorRule[],
  subject: Subject,
  { services, limitMs, mayAsk }: Evaluation,
): Promise<Evaluated[]> {
  const abort = new AbortController()
  const allowed = rules.filter(({ evaluator }) => mayAsk || evaluator.cost === 'process')
  const work = allowed.map((rule) => judgeBy(rule, subject, { services, signal: abort.signal }))
  if (allowed.every(({ evaluator }) => evaluator.cost === 'process')) return Promise.all(work)
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(() => late.resolve(null), limitMs)
  try {
    return await Promise.all(
      work.map(async (each, index) => {
        const done = await Promise.race([each, late.promise])
        return done ?? { rule: allowed[index]!, score: null, problem: `it took longer than ${limitMs} ms` }
      }),
    )
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}

async function judgeBy(
  rule: EvaluatorRule,
  subject: Subject,
  context: { services: EvaluationServices; signal: AbortSignal },
): Promise<Evaluated> {
  try {
    return { rule, score: await rule.evaluator.score(subject, context), problem: null }
  } catch (error) {
    return { rule, score: null, problem: (error as Error).message }
  }
}
