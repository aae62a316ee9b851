import { runChain } from '../../attempts/chain.ts'
import type { AttemptContext } from '../../attempts/context.ts'
import { hold } from '../../attempts/hold.ts'
import { parseJson } from '../../attempts/receive-whole.ts'
import { chatRequestOf } from '../../core/chat-request.ts'
import type { ClientDialect } from '../../core/dialect.ts'
import { type ChatEvent, isContent, streamOf } from '../../core/events.ts'
import { replyOptions } from '../../core/exchange.ts'
import { type GuardRule, mayChange } from '../../core/guard-policy.ts'
import type { Reply, SafeStream } from '../../core/reply.ts'
import { type Blocked, Redo } from './blocked.ts'
import { guardPlainReply } from './guard-plain-reply.ts'
import { escalated } from './guard-request.ts'
import { ReplyGuard } from './reply-guard.ts'
import type { GuardSession } from './session.ts'
import { guardWhole } from './whole-reply.ts'

/** A reply is made again at most so often for its guardrails. */
const MOST_ROUNDS = 2

/**
 * The one way from a reply to something that can be sent: passes it through its route's post-guardrails, be it made now
 * or kept, streamed or whole. A stream that begins to flow has passed them up to there, and goes on passing them.
 * Throws Blocked for a reply of which nothing may go out, and what another attempt throws where a guardrail asks for one.
 */
export async function guardReply(
  reply: Reply,
  context: AttemptContext,
  session: GuardSession | null,
): Promise<SafeStream> {
  const rules = session?.rulesAt('post') ?? []
  if (session === null || rules.length === 0) return safe(reply)
  if ('operation' in context.inbound.dialect) return safe(await guardPlainReply(reply, session, rules))
  let current = reply
  for (let round = 1; ; round++) {
    try {
      return safe(await guardChat(current, { context, session, rules, lastRound: round >= MOST_ROUNDS }))
    } catch (thrown) {
      if (!(thrown instanceof Redo)) throw thrown
      current = await runChain(redone(context, thrown))
    }
  }
}

function safe(reply: Reply): SafeStream {
  return reply as SafeStream
}

interface Round {
  context: AttemptContext
  session: GuardSession
  rules: readonly GuardRule[]
  lastRound: boolean
}

async function guardChat(reply: Reply, round: Round): Promise<Reply> {
  const { context, session, rules } = round
  const { inbound, exchange } = context
  const whole = rules.filter((rule) => !canTellEarly(rule))
  const isHeld = reply.kind === 'whole' || whole.some(mayChange)
  const guard = new ReplyGuard(session, rules.filter(canTellEarly), isHeld)
  const onBlock = (blocked: Blocked) => {
    // Nothing has gone out.
    if (isHeld) throw blocked
    exchange.error = { code: blocked.code, message: blocked.message }
    context.cancellation.cancel(blocked)
  }
  const passed = guard.pass(eventsOf(reply, inbound.dialect as ClientDialect), onBlock)
  if (reply.kind !== 'whole') return { ...reply, kind: 'events', events: await begun(streamed(passed, whole, round)) }
  const events = await hold(passed, context.policy.server.maxReply)
  const final = await guardAll(events, whole, round)
  if (!guard.changed && final === events) return { ...reply, events: final }
  const { body, lost } = (inbound.dialect as ClientDialect).writeReply(final, replyOptions(inbound))
  exchange.lossy = [...new Set([...exchange.lossy, ...lost])]
  return { ...reply, body: Buffer.from(JSON.stringify(body)), events: final }
}

/** The others need the whole text; what wants another target needs it before anything has gone out. */
function canTellEarly({ guardrail, action }: GuardRule): boolean {
  return guardrail.incremental !== undefined && action !== 'escalate'
}

/** Held to its end where a guardrail that needs all of it may change it; else looked at when it is over. */
async function* streamed(
  events: AsyncIterable<ChatEvent>,
  rules: readonly GuardRule[],
  round: Round,
): AsyncGenerator<ChatEvent> {
  if (rules.some(mayChange))
    yield* await guardAll(await hold(events, round.context.policy.server.maxReply), rules, round)
  else if (rules.length === 0) yield* events
  else {
    const seen: ChatEvent[] = []
    for await (const event of events) {
      seen.push(event)
      yield event
    }
    await guardAll(seen, rules, round)
  }
}

/** Nobody waits for those that change nothing. */
async function guardAll(
  events: readonly ChatEvent[],
  rules: readonly GuardRule[],
  { session, lastRound }: Round,
): Promise<readonly ChatEvent[]> {
  const watching = rules.filter((rule) => !mayChange(rule))
  if (watching.length > 0) session.inBackground(guardWhole(session, watching, events, true))
  return guardWhole(session, rules.filter(mayChange), events, lastRound)
}

/** Reads on to the first content, so that a reply that is blocked before can still be answered with an error. */
async function begun(events: AsyncGenerator<ChatEvent>): Promise<AsyncIterable<ChatEvent>> {
  const first: ChatEvent[] = []
  for (let next = await events.next(); !next.done; next = await events.next()) {
    first.push(next.value)
    if (isContent(next.value)) break
  }
  return after(first, events)
}

async function* after(first: readonly ChatEvent[], rest: AsyncIterable<ChatEvent>): AsyncGenerator<ChatEvent> {
  yield* first
  yield* rest
}

function eventsOf(reply: Reply, dialect: ClientDialect): AsyncIterable<ChatEvent> {
  switch (reply.kind) {
    case 'events':
      return reply.events
    case 'whole':
      return streamOf(reply.events ?? dialect.readReply!(parseJson(reply.body)))
    case 'bytes':
      throw new Error('a route with post-guardrails has no replies in bytes')
  }
}

/** The request as it is made again: to the rule's target, or with what was wrong with the reply. */
function redone(context: AttemptContext, { rule, advice, text }: Redo): AttemptContext {
  const again = { ...context, because: 'escalation' as const }
  if (advice === null) return { ...again, plan: escalated(context.plan, rule) }
  const request = chatRequestOf(context.inbound)
  const messages = [
    ...request.messages,
    { role: 'assistant' as const, parts: [{ type: 'text' as const, text }] },
    { role: 'user' as const, parts: [{ type: 'text' as const, text: advice }] },
  ]
  return { ...again, inbound: { ...context.inbound, chat: { ...request, messages } } }
}
