import type { ClientDialect } from '../core/dialect.ts'
import type { EvaluatorRule, ReplyView, ScoreRecord } from '../core/evaluation.ts'
import { type ChatEvent, streamOf } from '../core/events.ts'
import type { Attempt } from '../core/exchange.ts'
import type { Reply } from '../core/reply.ts'
import { type Evaluated, evaluate } from '../evaluators/evaluate.ts'
import { ReplyViewBuilder, readReplyView } from '../evaluators/reply-view.ts'
import type { Answer } from './attempt.ts'
import type { AttemptContext } from './context.ts'
import { conversationKey } from './conversation-key.ts'
import { meanOf, scoresOf, subjectOf } from './evaluation.ts'
import { hold } from './hold.ts'
import { parseJson } from './receive-whole.ts'

/** A reply and what its evaluators say. */
export interface Judged {
  answer: Answer
  passed: boolean
  /** Mean over the evaluators, 0..1; 1 where none could tell. */
  score: number
}

/**
 * Has a unary reply judged by the evaluators that the route requires, or a stream that the route holds back for it; one
 * that breaks off then fails like any attempt. Other streams pass: `judgeLater` looks at them.
 */
export async function judge(context: AttemptContext, answer: Answer): Promise<Judged> {
  const { judging } = context.plan.settings
  const { reply } = answer
  const isDue = reply.kind === 'whole' || judging?.holdStreams
  if (!isDue || reply.kind === 'bytes' || !isSampled(context)) return { answer, passed: true, score: 1 }
  if (reply.kind === 'whole') return settle(context, answer, viewOf(reply, context.inbound.dialect as ClientDialect))
  const held = await hold(reply.events, context.policy.server.maxReply)
  return settle(context, { ...answer, reply: { ...reply, events: streamOf(held) } }, readReplyView(held))
}

/**
 * A stream that was not held back is judged when it is over, and a failing one is held against its target in the
 * conversation's next turn.
 */
export function judgeLater(context: AttemptContext, answer: Answer): Reply {
  const { reply } = answer
  const { judging } = context.plan.settings
  if (reply.kind !== 'events' || judging?.holdStreams || !isSampled(context)) return reply
  return { ...reply, events: follow(context, answer, reply.events) }
}

function isSampled({ plan, inbound }: AttemptContext): boolean {
  const { judging } = plan.settings
  return (
    judging !== null &&
    judging.require.length > 0 &&
    !('operation' in inbound.dialect) &&
    Math.random() < judging.sample
  )
}

function viewOf(reply: Reply & { kind: 'whole' }, dialect: ClientDialect): ReplyView {
  return readReplyView(reply.events ?? dialect.readReply!(parseJson(reply.body)))
}

async function* follow(
  context: AttemptContext,
  answer: Answer,
  events: AsyncIterable<ChatEvent>,
): AsyncGenerator<ChatEvent> {
  const builder = new ReplyViewBuilder()
  const limit = context.policy.server.maxReply
  let size = 0
  for await (const event of events) {
    if (event.type === 'part-delta') size += event.text.length
    // What is too large to be held goes by unjudged.
    if (size <= limit) builder.see(event)
    // Before the last event goes out, so that the scores are there when the request is recorded.
    if (event.type === 'finish' && event.choice === 0 && size <= limit) {
      const { require } = context.plan.settings.judging!
      const isAsking = ({ evaluator }: EvaluatorRule) => evaluator.cost === 'call'
      const view = builder.view()
      if (!require.every(isAsking))
        await settleStream(
          context,
          answer,
          view,
          require.filter((rule) => !isAsking(rule)),
        )
      // Nobody waits for a model once the reply is there.
      if (require.some(isAsking)) settleLater(context, answer, view, require.filter(isAsking))
    }
    yield event
  }
}

async function settleStream(
  context: AttemptContext,
  answer: Answer,
  view: ReplyView,
  rules: readonly EvaluatorRule[],
): Promise<void> {
  const { passed } = await settle(context, answer, view, rules)
  if (!passed) context.deps.escalations.note(conversationKey(context), answer.attempt.target)
}

function settleLater(context: AttemptContext, answer: Answer, view: ReplyView, rules: readonly EvaluatorRule[]): void {
  const { deps, exchange } = context
  const work = askEvaluators(context, answer.attempt, view, rules).then((evaluated) => {
    const scores = scoresOf(evaluated, answer.attempt, true)
    if (scores.some(({ passed }) => !passed)) deps.escalations.note(conversationKey(context), answer.attempt.target)
    return scores
  })
  deps.evaluation.later(exchange, work)
}

/** What of the evaluators could tell says; where none could, the reply passes. */
async function settle(
  context: AttemptContext,
  answer: Answer,
  view: ReplyView,
  rules: readonly EvaluatorRule[] = context.plan.settings.judging!.require,
): Promise<Judged> {
  const { exchange, deps } = context
  const { attempt } = answer
  const evaluated = await askEvaluators(context, attempt, view, rules)
  const scores = scoresOf(evaluated, attempt, true)
  exchange.scores.push(...scores)
  warn(attempt, scores, evaluated)
  const mean = meanOf(scores)
  if (mean !== null) deps.observer.scored(exchange, attempt.index, mean)
  return { answer, passed: scores.every(({ passed }) => passed), score: mean ?? 1 }
}

function askEvaluators(
  { deps, exchange, plan, inbound }: AttemptContext,
  attempt: Attempt,
  view: ReplyView,
  rules: readonly EvaluatorRule[],
): Promise<Evaluated[]> {
  const judging = plan.settings.judging!
  return evaluate(rules, subjectOf(inbound, attempt, view), {
    services: deps.evaluation.servicesFor(exchange),
    limitMs: judging.budget.timeMs,
    mayAsk: deps.evaluation.mayAsk(plan.route, judging),
  })
}

function warn({ warnings }: Attempt, scores: readonly ScoreRecord[], evaluated: readonly Evaluated[]): void {
  for (const { evaluator, passed } of scores) if (!passed) warnings.push(`failed_${evaluator}`)
  for (const { rule, problem } of evaluated) if (problem !== null) warnings.push(`unjudged_${rule.name}`)
}
