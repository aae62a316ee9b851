import { asGatewayError, type GatewayError } from '../core/errors.ts'
import type { ChatEvent } from '../core/events.ts'
import type { Target } from '../core/policy.ts'
import type { Reply } from '../core/reply.ts'
import { type Answer, runAttempt } from './attempt.ts'
import type { AttemptContext } from './context.ts'
import { Seam } from './seam.ts'

/**
 * A stream that does not end with its target: where the route says `on_stream_failure: resume`, the next target goes
 * on from the text already sent, and when none is left the one that broke is asked once more. A reply that has called
 * a tool is never resumed, nor one with several choices.
 */
export function resumable(context: AttemptContext, answer: Answer, left: Target[]): Reply {
  const { reply } = answer
  if (!context.plan.settings.resumeStreams || reply.kind !== 'events') return reply
  return { ...reply, events: goOn(context, { ...answer, reply }, left) }
}

type StreamAnswer = Answer & { reply: { kind: 'events' } }

async function* goOn(context: AttemptContext, first: StreamAnswer, left: Target[]): AsyncGenerator<ChatEvent> {
  const seam = new Seam()
  const further = [...left, first.attempt.target]
  let source: StreamAnswer = first
  for (;;) {
    const failure = yield* pass(source.reply.events, seam, source !== first)
    if (failure === null) return
    const next = seam.open && isWorthResuming(failure) ? await askNext(context, further, seam) : null
    if (next === null) {
      yield { type: 'error', error: failure }
      return
    }
    source = next
  }
}

/** Hands a stream's events on; returns the error that ended it, or `null`. */
async function* pass(
  events: AsyncIterable<ChatEvent>,
  seam: Seam,
  continues: boolean,
): AsyncGenerator<ChatEvent, GatewayError | null> {
  if (continues) seam.begin()
  try {
    for await (const event of events) {
      if (event.type === 'error') return event.error
      yield* continues ? seam.join(event) : seam.see(event)
    }
  } catch (error) {
    return asGatewayError(error)
  }
  return null
}

/** The first of the targets that takes the reply up; `null` when none does. */
async function askNext(context: AttemptContext, further: Target[], seam: Seam): Promise<StreamAnswer | null> {
  for (let target = further.shift(); target; target = further.shift()) {
    try {
      const answer = await runAttempt({ ...context, continuation: seam.text }, target, 'resume')
      if (answer.reply.kind === 'events') return answer as StreamAnswer
    } catch {
      // It stands on the record as a failed attempt; the next one may do better.
    }
  }
  return null
}

function isWorthResuming({ code }: GatewayError): boolean {
  return code.startsWith('upstream_') && code !== 'upstream_rejected'
}
