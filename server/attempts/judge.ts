import type { ClientDialect } from '../core/dialect.ts'
import type { ReplyView, Score } from '../core/evaluation.ts'
import { type ChatEvent, streamOf } from '../core/events.ts'
import type { Attempt } from '../core/exchange.ts'
import type { Reply } from '../core/reply.ts'
import { ReplyViewBuilder, readReplyView } from '../evaluators/reply-view.ts'
import type { Answer } from './attempt.ts'
import type { AttemptContext } from './context.ts'
import { conversationKey } from './conversation-key.ts'
import { hold } from './hold.ts'
import { parseJson } from './receive-whole.ts'

/** A reply and what its evaluators say. */
export interface Judged {
  answer: Answer
  passed: boolean
  /** Mean over the evaluators, 0..1. */
  score: number
}

/**
 * Has a unary reply judged by the route's evaluators, or a stream that the route holds back for it; one that breaks off
 * then fails like any attempt. Other streams pass: `judgeLater` looks at them.
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
  return judging !== null && !('operation' in inbound.dialect) && Math.random() < judging.sample
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
      const { passed } = settle(context, answer, builder.view())
      if (!passed) context.deps.escalations.note(conversationKey(context), answer.attempt.target)
    }
    yield event
  }
}

function settle(context: AttemptContext, answer: Answer, view: ReplyView): Judged {
  const { exchange, plan, deps } = context
  const scores = plan.settings.judging!.require.map((evaluator) => [evaluator.id, evaluator.score(view)] as const)
  for (const [evaluator, score] of scores) exchange.scores.push({ evaluator, attempt: answer.attempt.index, ...score })
  const mean = scores.reduce((sum, [, { score }]) => sum + score, 0) / scores.length
  const passed = scores.every(([, { passed }]) => passed)
  if (!passed) warn(answer.attempt, scores)
  deps.observer.scored(exchange, answer.attempt.index, mean)
  return { answer, passed, score: mean }
}

function warn({ warnings }: Attempt, scores: readonly (readonly [string, Score])[]): void {
  for (const [evaluator, { passed }] of scores) if (!passed) warnings.push(`failed_${evaluator}`)
}
