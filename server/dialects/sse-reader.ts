import type { EventReader } from '../core/dialect.ts'
import { GatewayError } from '../core/errors.ts'
import type { ChatEvent } from '../core/events.ts'
import { parseObject } from './loose-json.ts'
import type { Json } from './members.ts'
import { FrameBuffer, splitFrames } from './sse.ts'

/** What a format makes of the events of a stream. */
export interface SseSteps {
  /** One event's JSON. */
  read(event: Json, events: ChatEvent[]): void
  /** `[DONE]`, in formats that have it; others ignore it. */
  done?(events: ChatEvent[]): void
  /** After the last byte: false when the reply is not complete. May still say what is left to say. */
  end(events: ChatEvent[]): boolean
  /** The error for what is not this format. */
  invalid(what: string): GatewayError
}

/** Reads a stream of server-sent events with a JSON object in each, at any chunking. */
export function sseReader(steps: SseSteps): EventReader {
  const frames = new FrameBuffer()
  const readFrames = (bytes: Buffer): ChatEvent[] => {
    const events: ChatEvent[] = []
    for (const { data } of splitFrames(bytes)) {
      if (data === '[DONE]') steps.done?.(events)
      else if (data !== null) steps.read(parse(data, steps), events)
    }
    return events
  }
  const readRest = (rest: Buffer): ChatEvent[] => {
    try {
      return readFrames(rest)
    } catch (error) {
      // A last event that makes no sense is one that is not there as a whole.
      if (error instanceof GatewayError) return []
      throw error
    }
  }
  return {
    push(chunk) {
      const whole = frames.push(chunk)
      return whole === null ? [] : readFrames(whole)
    },
    end() {
      const rest = frames.takeRest()
      const events = rest === null ? [] : readRest(rest)
      if (!steps.end(events)) throw new GatewayError('upstream_cut', 'The reply ended before it was complete.')
      return events
    },
  }
}

/** An event's data as an object. Throws what `steps` says. */
function parse(data: string, steps: SseSteps): Json {
  const json = parseObject(data)
  if (json !== null) return json
  throw steps.invalid(`an event is not a JSON object: ${data.slice(0, 80)}`)
}
