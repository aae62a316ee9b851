import { GatewayError } from '../core/errors.ts'
import { emptyTapState } from '../core/event-state.ts'
import type { PlainDialect } from '../core/plain.ts'
import type { ByteStream } from '../core/reply.ts'
import { ByteRelay } from './byte-relay.ts'
import { collectBody, parseJson } from './receive-whole.ts'
import type { Receiver, Run } from './receiver.ts'

type Headers = Readonly<Record<string, string>>

/** A reply that passes as it is: JSON whole, with its usage read; audio, events and anything else as it comes. */
export function receivePlain(run: Run, kept: Headers, headers: Headers, dialect: PlainDialect): Receiver {
  const contentType = headers['content-type'] ?? 'application/octet-stream'
  if (!contentType.includes('application/json')) return receiveStream(run, kept, contentType)
  return collectBody(run, (body) => {
    const json = parseJson(body)
    run.note({ ...emptyTapState(), complete: true, model: modelOf(json), usage: dialect.readUsage(json) })
    run.commit({ kind: 'whole', contentType, headers: kept, body })
  })
}

/** Bytes on as they come, from the first one on. A cut is told by cutting the client's connection as well. */
function receiveStream(run: Run, kept: Headers, contentType: string): Receiver {
  const relay = new ByteRelay()
  const stream: ByteStream = {
    error: null,
    start: (sink) => relay.start(sink),
    pause: () => run.pause(),
    resume: () => run.resume(),
    errorFrame: () => null,
  }
  return {
    data(chunk) {
      relay.push(chunk)
      if (!run.committed) run.commit({ kind: 'bytes', contentType, headers: kept, stream })
    },
    end() {
      if (!run.committed) throw new GatewayError('upstream_invalid_reply', 'The provider answered with an empty body.')
      run.note({ ...emptyTapState(), complete: true })
      run.succeed()
      relay.end((sink) => sink.end())
    },
    failed(error) {
      run.fail(error)
      relay.end((sink) => sink.failed(error))
    },
  }
}

function modelOf(json: unknown): string | null {
  const model = (json as { model?: unknown } | null)?.model
  return typeof model === 'string' ? model : null
}
