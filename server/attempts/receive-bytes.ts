import type { ClientDialect, TapOptions } from '../core/dialect.ts'
import { GatewayError } from '../core/errors.ts'
import type { ByteStream } from '../core/reply.ts'
import { ByteRelay } from './byte-relay.ts'
import type { Receiver, Run } from './receiver.ts'

/** Lets a stream's bytes through: holds them until the first content, then hands each chunk on as it comes. */
export function receiveBytes(
  run: Run,
  headers: Readonly<Record<string, string>>,
  dialect: ClientDialect,
  options: TapOptions,
): Receiver {
  const tap = dialect.tap(options)
  const relay = new ByteRelay()
  const limit = run.context.policy.server.maxReply

  const emit = (bytes: Buffer | null) => {
    if (bytes === null) return
    relay.push(bytes)
    if (relay.bytes > limit) throw new GatewayError('upstream_too_large', `No content came in ${limit} bytes of reply.`)
  }
  const finish = (error: GatewayError | null) => {
    run.note(tap.state)
    const failure = error ?? tap.state.error
    if (failure) run.fail(failure)
    else run.succeed()
    // An error event of the upstream's own has gone through already; any other is told to the client.
    relay.end((sink) => (error && error !== tap.state.error ? sink.failed(error) : sink.end()))
  }
  const stream: ByteStream = {
    get error() {
      return tap.state.error
    },
    start: (sink) => relay.start(sink),
    pause: () => run.pause(),
    resume: () => run.resume(),
    errorFrame: (error) => tap.errorFrame(error),
  }
  const commit = () => {
    if (!run.committed) run.commit({ kind: 'bytes', contentType: dialect.streamType, headers, stream })
  }
  return {
    data(chunk) {
      emit(tap.push(chunk))
      if (run.committed) return
      if (tap.state.content) commit()
      else if (tap.state.error) finish(tap.state.error)
    },
    end() {
      emit(tap.end())
      const { complete, error } = tap.state
      if (complete && error === null) commit()
      finish(complete || error ? null : new GatewayError('upstream_cut', 'The reply ended before it was complete.'))
    },
    failed(error) {
      // After the last word of the reply a broken connection costs nothing.
      if (tap.state.complete && tap.state.error === null) {
        commit()
        finish(null)
      } else finish(tap.state.error ?? error)
    },
  }
}
