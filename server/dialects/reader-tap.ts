import type { EventReader, StreamTap, TapState } from '../core/dialect.ts'
import { GatewayError } from '../core/errors.ts'
import { EventState } from '../core/event-state.ts'
import type { ChatEvent } from '../core/events.ts'

/** Cuts bytes at the ends of whole frames, e.g. `FrameBuffer` for server-sent events. */
export interface Splitter {
  push(chunk: Buffer): Buffer | null
  takeRest(): Buffer | null
}

/** A tap that reads everything with the format's own event reader, while whole frames pass. */
export function readerTap(
  reader: EventReader,
  splitter: Splitter,
  /** What closes a last frame that came without its end. */
  frameEnd: string,
  errorFrame: (error: GatewayError) => string,
): StreamTap {
  const state = new EventState()
  const see = (read: () => ChatEvent[]) => {
    try {
      for (const event of read()) state.see(event)
    } catch (error) {
      // What the reader cannot make sense of may still be good for the client; only a failure before any content
      // is one of the attempt.
      if (!(error instanceof GatewayError) || !state.content) throw error
    }
  }
  return {
    state,
    push(chunk) {
      const whole = splitter.push(chunk)
      if (whole !== null) see(() => reader.push(whole))
      return whole
    },
    end() {
      const rest = splitter.takeRest()
      const text = rest?.toString() ?? ''
      if (rest === null || text.trim() === '') {
        settle(state, see, reader)
        return rest
      }
      const whole = Buffer.concat([rest, Buffer.from(frameEnd)])
      const before = state.complete
      try {
        see(() => reader.push(whole))
      } catch (error) {
        // A last frame that makes no sense is one of which only a part came.
        if (!(error instanceof GatewayError)) throw error
        return null
      }
      settle(state, see, reader)
      return state.complete && !before ? whole : null
    },
    errorFrame,
  }
}

function settle(state: EventState, see: (read: () => ChatEvent[]) => void, reader: EventReader): void {
  if (!state.complete && state.error === null) return
  see(() => reader.end())
}

/** What a tap would have seen, out of the events of a whole reply. */
export function tapEvents(events: readonly ChatEvent[]): TapState {
  const state = new EventState()
  for (const event of events) state.see(event)
  return state
}
