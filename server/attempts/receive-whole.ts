import type { ClientDialect, ReplyOptions, UpstreamDialect } from '../core/dialect.ts'
import { GatewayError } from '../core/errors.ts'
import { EventState } from '../core/event-state.ts'
import { type ChatEvent, streamOf } from '../core/events.ts'
import type { Follower } from './reasoning-vault.ts'
import type { Receiver, Run } from './receiver.ts'
import { completeStart } from './reply-start.ts'

const JSON_TYPE = 'application/json'

export interface WholeTranslation {
  upstream: Pick<UpstreamDialect, 'readReply' | 'eventReader'>
  client: ClientDialect
  options: ReplyOptions
  /** The upstream answers with a stream. */
  streamed: boolean
  follower?: Follower
}

/** Collects a whole reply in the client's own dialect, whose bytes go on as they are. */
export function receiveWholeBytes(
  run: Run,
  headers: Readonly<Record<string, string>>,
  client: ClientDialect,
): Receiver {
  return collectBody(run, (body) => {
    const state = client.tapReply(parseJson(body))
    if (state.error) throw state.error
    run.note(state)
    run.commit({ kind: 'whole', contentType: JSON_TYPE, headers, body })
  })
}

/** Collects a whole reply through events: another dialect, or one side streams and the other does not. */
export function receiveWhole(
  run: Run,
  headers: Readonly<Record<string, string>>,
  { upstream, client, options, streamed, follower }: WholeTranslation,
): Receiver {
  return collectBody(run, (body) => {
    const read = streamed ? readStream(upstream, body) : upstream.readReply(parseJson(body))
    const events = read.map((event) => completeStart(event, run.context.exchange, run.attempt.target))
    const state = new EventState()
    for (const event of events) {
      state.see(event)
      follower?.see(event)
    }
    if (state.error) throw state.error
    run.note(state)
    if (run.stream) run.commit({ kind: 'events', headers, events: streamOf(events) })
    else {
      const written = client.writeReply(events, options)
      run.lose(written.lost)
      const text = JSON.stringify(written.body)
      run.commit({ kind: 'whole', contentType: JSON_TYPE, headers, body: Buffer.from(text), events })
    }
  })
}

/** Gathers a body up to the limit and hands it over whole; what `finish` throws fails the attempt. */
export function collectBody(run: Run, finish: (body: Buffer) => void): Receiver {
  const limit = run.context.policy.server.maxReply
  const chunks: Buffer[] = []
  let size = 0
  return {
    data(chunk) {
      size += chunk.length
      if (size > limit) throw new GatewayError('upstream_too_large', `The reply is larger than ${limit} bytes.`)
      chunks.push(chunk)
    },
    end() {
      finish(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
      run.succeed()
    },
    failed: (error) => run.fail(error),
  }
}

/** Throws `upstream_invalid_reply`. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    const shown = body.length === 0 ? 'an empty body' : JSON.stringify(body.toString('utf8', 0, 80))
    throw new GatewayError(
      'upstream_invalid_reply',
      `The provider answered 200 with something that is not JSON: ${shown}`,
    )
  }
}

function readStream(upstream: WholeTranslation['upstream'], body: Buffer): ChatEvent[] {
  const reader = upstream.eventReader()
  return [...reader.push(body), ...reader.end()]
}
