import type { EvaluationServices, EvaluatorRule, Score, ScoreRecord, Subject } from '../core/evaluation.ts'
import { type Exchange, mainAttempt } from '../core/exchange.ts'
import { evaluate } from '../evaluators/evaluate.ts'
import { evaluators } from '../evaluators/index.ts'

/** Of evaluators that ask a model: nobody waits. */
const LIMIT_MS = 120_000

/** What replies are judged by. */
export interface Judges {
  rules: readonly EvaluatorRule[]
  /** Of requests that ask for JSON. */
  schema: EvaluatorRule | null
  services: EvaluationServices
}

/** What a reply was found to be. */
export interface Judged {
  /** Of all rules that could tell, by name. */
  scores: ReadonlyMap<string, number>
  /** `null`: the request does not ask for JSON. */
  schemaValid: boolean | null
  /** What was not known before. */
  told: readonly (Score & { evaluator: string })[]
}

/** Asks those rules that have not said anything yet (`known`). Never rejects. */
export async function judgeReply(
  subject: Subject,
  known: ReadonlyMap<string, number>,
  { rules, schema, services }: Judges,
): Promise<Judged> {
  const missing = rules.filter(({ name }) => !known.has(name))
  const evaluated = await evaluate(missing, subject, { services, limitMs: LIMIT_MS, mayAsk: true })
  const told = evaluated.flatMap(({ rule, score }) => (score === null ? [] : [{ evaluator: rule.name, ...score }]))
  const [valid] = schema ? await evaluate([schema], subject, { services, limitMs: LIMIT_MS, mayAsk: false }) : []
  return {
    scores: new Map([...known, ...told.map(({ evaluator, score }) => [evaluator, score] as const)]),
    schemaValid: valid?.score?.passed ?? null,
    told,
  }
}

/** As they are recorded, of the attempt that made the reply. */
export function recordsOf({ told }: Judged, exchange: Exchange): ScoreRecord[] {
  const attempt = mainAttempt(exchange)!.index
  return told.map((score) => ({ attempt, gates: false, ...score }))
}

/** These and, for everyone, whether the reply is a refusal. */
export function withRefusal(rules: readonly EvaluatorRule[]): EvaluatorRule[] {
  if (rules.some(({ name }) => name === 'refusal')) return [...rules]
  const kind = evaluators.get('refusal')!
  return [...rules, { name: 'refusal', kind, evaluator: kind.create({}) }]
}
