import { createHash } from 'node:crypto'
import { isWorthFallback } from '../attempts/chain.ts'
import type { AttemptContext } from '../attempts/context.ts'
import { GatewayError } from '../core/errors.ts'
import { type ChatEvent, streamOf } from '../core/events.ts'
import { type Exchange, type Inbound, mainAttempt, replyOptions } from '../core/exchange.ts'
import type { Reply } from '../core/reply.ts'
import type { KeptReplies } from './kept-replies.ts'
import { type Recording, recorded } from './recording.ts'
import type { Client } from './reply.ts'

/** A good reply is kept this long for the day on which no target answers. */
const LIFETIME_MS = 7 * 86_400_000

/**
 * What a route gives when every target has failed: the last good reply to this very request, marked as stale, or its
 * static text, marked as made up. Throws the failure where the route has neither, or the request itself is at fault.
 */
export function lastResort(context: AttemptContext, stale: KeptReplies, failure: unknown): Reply {
  const { exchange, inbound, plan } = context
  const { staleReply, staticReply } = plan.settings
  if (context.cancellation.cancelled || !isTargetsFault(failure)) throw failure
  const kept = staleReply ? stale.get(staleKey(exchange, inbound)) : null
  if (kept?.state === 'whole') {
    exchange.lastResort = 'stale'
    return replyOf(kept, inbound.head.stream)
  }
  if (staticReply === null || 'operation' in inbound.dialect) throw failure
  exchange.lastResort = 'static'
  const events = staticEvents(exchange, staticReply)
  if (inbound.head.stream) return { kind: 'events', headers: {}, events: streamOf(events) }
  const { body } = inbound.dialect.writeReply(events, replyOptions(inbound))
  return { kind: 'whole', contentType: 'application/json', headers: {}, body: Buffer.from(JSON.stringify(body)) }
}

/** The request could have been answered: it is neither at fault nor beyond what the targets offer. */
function isTargetsFault(failure: unknown): boolean {
  if (!(failure instanceof GatewayError)) return false
  if (failure.code === 'deadline_exceeded') return true
  return isWorthFallback(failure) && failure.code !== 'lossy_translation' && failure.code !== 'operation_unsupported'
}

/** Records what goes to the client, where the route wants to have a last good reply. `finish` keeps it or not. */
export function keepForBadDays(
  stale: KeptReplies,
  exchange: Exchange,
  inbound: Inbound,
  client: Client,
): { client: Client; finish(): void } {
  if (!exchange.plan!.settings.staleReply) return { client, finish() {} }
  const recording = stale.open(exchange.id, LIFETIME_MS)
  return {
    client: recorded(client, recording, false),
    finish() {
      if (isGood(exchange) && recording.state === 'whole') stale.move(exchange.id, staleKey(exchange, inbound))
      else stale.drop(exchange.id, recording)
    },
  }
}

/** Complete, judged good, without tool calls, and a target's own. */
function isGood(exchange: Exchange): boolean {
  const attempt = mainAttempt(exchange)
  if (exchange.status !== 200 || exchange.error !== null || exchange.lastResort !== null || !attempt) return false
  return (attempt.finishReason === 'stop' || attempt.finishReason === null) && attempt.warnings.length === 0
}

/** A tenant never gets what another one was told. */
function staleKey({ caller, surface, plan }: Exchange, { raw, head }: Inbound): string {
  const scope = JSON.stringify([caller!.tenant, caller!.team, surface, plan!.route, head.stream])
  return createHash('sha256').update(scope).update('\0').update(raw).digest('base64')
}

function replyOf({ head, chunks }: Recording, stream: boolean): Reply {
  const contentType = head!.headers['content-type'] ?? 'application/json'
  if (!stream) return { kind: 'whole', contentType, headers: {}, body: Buffer.concat(chunks) }
  return {
    kind: 'bytes',
    contentType,
    headers: {},
    stream: {
      error: null,
      start(sink) {
        for (const chunk of chunks) sink.data(chunk)
        sink.end()
      },
      pause() {},
      resume() {},
      errorFrame: () => null,
    },
  }
}

function staticEvents({ id, epoch }: Exchange, text: string): ChatEvent[] {
  return [
    { type: 'reply-start', id, model: 'static', created: Math.floor(epoch / 1000) },
    { type: 'part-start', choice: 0, part: 0, kind: 'text' },
    { type: 'part-delta', choice: 0, part: 0, text },
    { type: 'part-end', choice: 0, part: 0 },
    { type: 'finish', choice: 0, reason: 'stop', raw: null },
  ]
}
