import type { EventReader } from '../../core/dialect.ts'
import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import { parseObject } from '../loose-json.ts'
import type { Json } from '../members.ts'
import { type PartOpening, PartTracker } from '../part-tracker.ts'
import { FrameBuffer, splitFrames } from '../sse.ts'
import { invalid } from './errors.ts'
import { readStreamEvent, type StreamState } from './stream-events.ts'

/** Reads a stream of Cohere's typed events: https://docs.cohere.com/v2/docs/streaming */
export function eventReader(): EventReader {
  const frames = new FrameBuffer()
  const state: StreamState = {
    tracker: new PartTracker(0),
    openings: new Map<string, PartOpening>(),
    started: false,
    calledTools: false,
    complete: false,
    failed: false,
  }
  const readFrames = (bytes: Buffer): ChatEvent[] => {
    const events: ChatEvent[] = []
    for (const { data } of splitFrames(bytes))
      if (data !== null && data !== '[DONE]' && !state.complete) readStreamEvent(parse(data), state, events)
    return events
  }
  return {
    push(chunk) {
      const whole = frames.push(chunk)
      return whole === null ? [] : readFrames(whole)
    },
    end() {
      const rest = frames.takeRest()
      let events: ChatEvent[] = []
      try {
        if (rest !== null) events = readFrames(rest)
      } catch (error) {
        // A last event that makes no sense is one that is not there as a whole.
        if (!(error instanceof GatewayError)) throw error
      }
      if (state.complete || state.failed) return events
      throw new GatewayError('upstream_cut', 'The reply ended before it was complete.')
    },
  }
}

/** Throws `upstream_invalid_reply`. */
function parse(data: string): Json {
  const json = parseObject(data)
  if (json === null) throw invalid(`an event is not a JSON object: ${data.slice(0, 80)}`)
  return json
}
