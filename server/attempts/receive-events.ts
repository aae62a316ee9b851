import type { UpstreamDialect } from '../core/dialect.ts'
import { asGatewayError, type GatewayError } from '../core/errors.ts'
import { EventState } from '../core/event-state.ts'
import type { ChatEvent } from '../core/events.ts'
import { EventQueue } from './event-queue.ts'
import type { Follower } from './reasoning-vault.ts'
import type { Receiver, Run } from './receiver.ts'
import { completeStart } from './reply-start.ts'

/** Reads a stream in the upstream's dialect into events, from the first content on as they come. */
export function receiveEvents(
  run: Run,
  headers: Readonly<Record<string, string>>,
  upstream: Pick<UpstreamDialect, 'eventReader'>,
  follower?: Follower,
): Receiver {
  const reader = upstream.eventReader()
  const state = new EventState()
  const queue = new EventQueue(run)

  const take = (events: readonly ChatEvent[]) => {
    for (const each of events) {
      const event = completeStart(each, run.context.exchange, run.attempt.target)
      state.see(event)
      follower?.see(event)
      if (event.type === 'error') throw event.error
      queue.push(event)
    }
    if (state.content && !run.committed) run.commit({ kind: 'events', headers, events: queue })
  }
  const fail = (error: GatewayError) => {
    run.note(state)
    run.fail(error)
    queue.push({ type: 'error', error })
    queue.close()
  }
  return {
    data(chunk) {
      try {
        take(reader.push(chunk))
      } catch (error) {
        fail(asGatewayError(error))
      }
    },
    end() {
      try {
        take(reader.end())
      } catch (error) {
        fail(asGatewayError(error))
        return
      }
      run.note(state)
      if (!run.committed) run.commit({ kind: 'events', headers, events: queue })
      run.succeed()
      queue.close()
    },
    failed: fail,
  }
}
