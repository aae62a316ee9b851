import assert from 'node:assert/strict'
import type {
  EvaluationContext,
  EvaluationServices,
  Evaluator,
  ReplyView,
  RequestView,
  Score,
  Subject,
} from '../../server/core/evaluation.ts'
import { evaluators } from '../../server/evaluators/index.ts'
import { replyOf } from './reply.ts'

/** A request that asks one question, but for what is told otherwise. */
export function requestOf(question: string, more: Partial<RequestView> = {}): RequestView {
  const asked = { role: 'user' as const, text: question, toolCalls: [], toolResults: [] }
  return { system: '', question, messages: [asked], tools: [], ...more }
}

/** A reply of live traffic to a question, but for what is told otherwise. */
export function subjectOf(reply: string | ReplyView, more: Partial<Subject> = {}): Subject {
  return {
    reply: typeof reply === 'string' ? replyOf(reply) : reply,
    request: requestOf('What is the answer?'),
    measured: { durationMs: 900, ttftMs: 200, costNano: 1_000_000 },
    reference: null,
    target: { provider: 'sandbox', model: 'echo', weight: 1 },
    ...more,
  }
}

/** For evaluators that only compute: every way out fails. */
export function noServices(): EvaluationContext {
  const fail = () => Promise.reject(new Error('an evaluator that only computes asks nobody'))
  return { services: { ask: fail, embed: fail, targetsOf: () => [] }, signal: new AbortController().signal }
}

/** For evaluators that ask: what is not given fails. */
export function services(given: Partial<EvaluationServices>): EvaluationContext {
  const { services, signal } = noServices()
  return { services: { ...services, ...given }, signal }
}

export function make(kind: string, options: Readonly<Record<string, unknown>> = {}): Evaluator {
  return evaluators.get(kind)!.create(options)
}

/** What an evaluator says that only computes. */
export function scoreNow(evaluator: Evaluator, subject: Subject): Score | null {
  const score = evaluator.score(subject, noServices())
  assert.ok(!(score instanceof Promise), 'it does not answer at once')
  return score
}
