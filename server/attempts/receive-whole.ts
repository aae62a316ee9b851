import { GatewayError } from '../core/errors.ts'
import type { ChatEvent } from '../core/events.ts'
import { EventState } from './event-state.ts'
import type { Receiver, Run } from './receiver.ts'

/**
 * Collects a whole reply. In the client's own dialect its bytes go on as they are; otherwise, or when one side
 * streams and the other does not, it goes through events.
 */
export function receiveWhole(run: Run, headers: Readonly<Record<string, string>>, streamed: boolean): Receiver {
  const { context, prepared } = run
  const limit = context.policy.server.maxReply
  const chunks: Buffer[] = []
  let size = 0

  const finish = () => {
    const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
    const { dialect, passthrough, call } = prepared
    if (!streamed && passthrough && dialect.tapReply && !call.stream) {
      const state = dialect.tapReply(parse(body))
      if (state.error) throw state.error
      run.note(state)
      run.commit({ kind: 'whole', headers, body })
    } else {
      const events = streamed ? readStream(run, body) : dialect.readReply(parse(body))
      const state = new EventState()
      for (const event of events) state.see(event)
      if (state.error) throw state.error
      run.note(state)
      const client = context.deps.dialects[context.inbound.dialect]
      if (call.stream) run.commit({ kind: 'events', headers, events: iterate(events) })
      else run.commit({ kind: 'whole', headers, body: Buffer.from(JSON.stringify(client.writeReply(events))) })
    }
    run.succeed()
  }
  return {
    data(chunk) {
      size += chunk.length
      if (size > limit) throw new GatewayError('upstream_too_large', `The reply is larger than ${limit} bytes.`)
      chunks.push(chunk)
    },
    end: finish,
    failed: (error) => run.fail(error),
  }
}

function readStream(run: Run, body: Buffer): ChatEvent[] {
  const reader = run.prepared.dialect.eventReader()
  return [...reader.push(body), ...reader.end()]
}

function parse(body: Buffer): unknown {
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

async function* iterate(events: readonly ChatEvent[]): AsyncGenerator<ChatEvent> {
  yield* events
}
