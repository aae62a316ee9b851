import { GatewayError } from '../core/errors.ts'
import type { PlainDialect } from '../core/plain.ts'
import type { ByteSink, ByteStream } from '../core/reply.ts'
import { collectBody, parseJson } from './receive-whole.ts'
import type { Receiver, Run } from './receiver.ts'

type Headers = Readonly<Record<string, string>>

/** A reply that passes as it is: JSON whole, with its usage read; audio, events and anything else as it comes. */
export function receivePlain(run: Run, kept: Headers, headers: Headers, dialect: PlainDialect): Receiver {
  const contentType = headers['content-type'] ?? 'application/octet-stream'
  if (!contentType.includes('application/json')) return receiveStream(run, kept, contentType)
  return collectBody(run, (body) => {
    const json = parseJson(body)
    run.note({ ...emptyState(), complete: true, model: modelOf(json), usage: dialect.readUsage(json) })
    run.commit({ kind: 'whole', contentType, headers: kept, body })
  })
}

/** Bytes on as they come, from the first one on. A cut is told by cutting the client's connection as well. */
function receiveStream(run: Run, kept: Headers, contentType: string): Receiver {
  const tap = emptyState()
  let held: Buffer[] = []
  let sink: ByteSink | null = null
  let ending: ((sink: ByteSink) => void) | null = null
  const stream: ByteStream = {
    tap,
    start(to) {
      sink = to
      for (const bytes of held) to.data(bytes)
      held = []
      ending?.(to)
    },
    pause: () => run.pause(),
    resume: () => run.resume(),
    errorFrame: () => null,
  }
  const commit = () => {
    if (!run.committed) run.commit({ kind: 'bytes', contentType, headers: kept, stream })
  }
  const last = (end: (to: ByteSink) => void) => {
    if (sink) end(sink)
    else ending = end
  }
  return {
    data(chunk) {
      if (sink) sink.data(chunk)
      else held.push(chunk)
      commit()
    },
    end() {
      if (!run.committed)
        throw new GatewayError('upstream_invalid_reply', 'The provider answered 200 with an empty body.')
      run.note({ ...tap, complete: true })
      run.succeed()
      last((to) => to.end())
    },
    failed(error) {
      run.fail(error)
      last((to) => to.failed(error))
    },
  }
}

/** A reply of which nothing is known. */
export function emptyState() {
  return { content: true, complete: false, id: null, model: null, finishReason: null, usage: null, error: null }
}

function modelOf(json: unknown): string | null {
  const model = (json as { model?: unknown } | null)?.model
  return typeof model === 'string' ? model : null
}
