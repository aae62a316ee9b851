import type { EventReader } from '../../core/dialect.ts'
import { type PartOpening, PartTracker } from '../part-tracker.ts'
import { sseReader } from '../sse-reader.ts'
import { invalid } from './errors.ts'
import { readStreamEvent, type StreamState } from './stream-events.ts'

/** Reads a stream of Cohere's typed events: https://docs.cohere.com/v2/docs/streaming */
export function eventReader(): EventReader {
  const state: StreamState = {
    tracker: new PartTracker(0),
    openings: new Map<string, PartOpening>(),
    started: false,
    calledTools: false,
    complete: false,
    failed: false,
  }
  return sseReader({
    read(event, events) {
      if (!state.complete) readStreamEvent(event, state, events)
    },
    end: () => state.complete || state.failed,
    invalid,
  })
}
