import type { EventReader } from '../../core/dialect.ts'
import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import type { Usage } from '../../core/usage.ts'
import { isObject, type Json, objectsOf } from '../members.ts'
import { PartTracker } from '../part-tracker.ts'
import { FrameBuffer, splitFrames } from '../sse.ts'
import { errorOf } from './errors.ts'
import { camelMembers } from './names.ts'
import { type CandidateState, finish, readCandidate } from './read-candidate.ts'
import { readUsage } from './usage.ts'

/** No array is larger; what is, has no end. */
const MOST_ARRAY_BYTES = 64 * 1024 * 1024

/**
 * A whole reply as events; an array is a stream whose client did not ask for server-sent events. Throws
 * `upstream_invalid_reply`, or the error that stands in the reply's place.
 */
export function readReply(json: unknown): ChatEvent[] {
  const error = errorOf(json)
  if (error !== null) throw error
  const reader = chunkReader()
  const events = (Array.isArray(json) ? json : [json]).flatMap((chunk) => reader.read(chunk))
  reader.close(events)
  return events
}

/** Reads a stream of chunks: server-sent events, or the JSON array that Gemini sends without `alt=sse`. */
export function eventReader(): EventReader {
  const frames = new FrameBuffer()
  const reader = chunkReader()
  const pieces: Buffer[] = []
  let form: 'unknown' | 'events' | 'json' = 'unknown'
  let size = 0
  let failed = false

  const readChunk = (chunk: unknown): ChatEvent[] => {
    const error = errorOf(chunk)
    if (error === null) return reader.read(chunk)
    failed = true
    return [{ type: 'error', error }]
  }
  const readFrames = (bytes: Buffer | null): ChatEvent[] =>
    (bytes === null ? [] : splitFrames(bytes)).flatMap(({ data }) =>
      data === null || data === '[DONE]' ? [] : readChunk(parse(data)),
    )
  return {
    push(chunk) {
      if (form === 'events') return readFrames(frames.push(chunk))
      pieces.push(chunk)
      size += chunk.length
      if (size > MOST_ARRAY_BYTES) throw invalid('its array does not end')
      if (form === 'json') return []
      const bytes = Buffer.concat(pieces)
      const start = bytes.toString('latin1').trimStart()[0]
      if (start === undefined) return []
      form = start === '[' || start === '{' ? 'json' : 'events'
      return form === 'json' ? [] : readFrames(frames.push(bytes))
    },
    end() {
      const bytes = form === 'json' ? Buffer.concat(pieces) : frames.takeRest()
      const text = bytes?.toString('utf8').trim() ?? ''
      if (text === '' && reader.isComplete()) return []
      try {
        const json = form === 'json' ? parse(text) : null
        const events =
          form === 'json' ? (Array.isArray(json) ? json : [json]).flatMap(readChunk) : readFrames(bytes ?? null)
        if (reader.isComplete() || failed) return events
      } catch (error) {
        // What does not make sense at the end is not there as a whole.
        if (!(error instanceof GatewayError)) throw error
      }
      throw new GatewayError('upstream_cut', 'The reply ended before it was complete.')
    },
  }
}

interface ChunkReader {
  /** Throws `upstream_invalid_reply` for what is no chunk. */
  read(chunk: unknown): ChatEvent[]
  /** Ends what a whole reply left open. Throws `upstream_invalid_reply` when it had no candidate. */
  close(events: ChatEvent[]): void
  /** Every candidate that was seen has said why it ended. */
  isComplete(): boolean
}

function chunkReader(): ChunkReader {
  const candidates = new Map<number, CandidateState>()
  let started = false
  let usage: Usage | null = null

  const stateOf = (index: number): CandidateState => {
    const known = candidates.get(index)
    if (known) return known
    const tracker = new PartTracker(index)
    const cited = new Set<string>()
    const state = { index, tracker, whole: 0, text: '', signed: false, calledTools: false, cited, finished: false }
    candidates.set(index, state)
    return state
  }
  const isComplete = () => candidates.size > 0 && [...candidates.values()].every(({ finished }) => finished)
  /** Every chunk counts all tokens so far: told once the candidates have ended, and again when it changes then. */
  const tellUsage = (events: ChatEvent[]) => {
    if (usage === null || !isComplete()) return
    events.push({ type: 'usage', usage })
    usage = null
  }
  return {
    read(value) {
      if (!isObject(value)) throw invalid('a chunk is not a JSON object')
      const chunk = camelMembers(value)
      const events: ChatEvent[] = []
      if (!started) events.push(replyStart(chunk))
      started = true
      for (const [position, item] of objectsOf(chunk.candidates).entries()) {
        const candidate = camelMembers(item)
        readCandidate(candidate, stateOf(typeof candidate.index === 'number' ? candidate.index : position), events)
      }
      const blocked = blockReason(chunk)
      // A blocked prompt has no candidates: nothing was said, for this reason.
      if (blocked !== null && candidates.size === 0) {
        stateOf(0).finished = true
        events.push({ type: 'finish', choice: 0, reason: 'content-filter', raw: blocked })
      }
      usage = readUsage(chunk.usageMetadata) ?? usage
      tellUsage(events)
      return events
    },
    close(events) {
      if (candidates.size === 0) throw invalid('it has no `candidates`')
      for (const state of candidates.values()) finish(null, state, events)
      tellUsage(events)
    },
    isComplete,
  }
}

function replyStart(chunk: Json): ChatEvent {
  const { responseId, modelVersion, createTime } = chunk
  const created = typeof createTime === 'string' ? Date.parse(createTime) : Number.NaN
  return {
    type: 'reply-start',
    id: typeof responseId === 'string' ? responseId : '',
    model: typeof modelVersion === 'string' ? modelVersion : '',
    created: Number.isNaN(created) ? 0 : Math.floor(created / 1000),
  }
}

function blockReason(chunk: Json): string | null {
  const reason = isObject(chunk.promptFeedback) ? camelMembers(chunk.promptFeedback).blockReason : undefined
  return typeof reason === 'string' ? reason : null
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    throw invalid(`a chunk is not JSON: ${data.slice(0, 80)}`)
  }
}

function invalid(what: string): GatewayError {
  return new GatewayError('upstream_invalid_reply', `The provider's reply is not a Gemini reply: ${what}.`)
}
