import type { EventReader } from '../../core/dialect.ts'
import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import { LineBuffer } from '../lines.ts'
import { parseObject, stringOf } from '../loose-json.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import { PartTracker } from '../part-tracker.ts'
import { errorInside } from './errors.ts'
import { readFinishReason } from './finish-reason.ts'
import { readLogprobs } from './logprobs.ts'
import { readUsage } from './usage.ts'

/**
 * A whole reply of `/api/chat` or `/api/generate` as events. Throws `upstream_invalid_reply`, or the error that stands
 * in the reply's place.
 */
export function readReply(json: unknown): ChatEvent[] {
  if (!isObject(json)) throw invalid(JSON.stringify(json) ?? 'nothing')
  if (json.error) throw errorInside(json.error)
  if (!isObject(json.message) && typeof json.response !== 'string') throw invalid('it has no `message`')
  return lineReader().read({ ...json, done: true })
}

/** Lines of newline-delimited JSON in, events out, at any chunking. */
export function eventReader(): EventReader {
  const lines = new LineBuffer()
  const reader = lineReader()
  let failed = false

  const readLines = (bytes: Buffer): ChatEvent[] => {
    const events: ChatEvent[] = []
    for (const text of bytes.toString('utf8').split('\n')) {
      if (text.trim() === '') continue
      const line = parse(text)
      failed ||= Boolean(line.error)
      events.push(...(line.error ? [{ type: 'error', error: errorInside(line.error) } as const] : reader.read(line)))
    }
    return events
  }
  return {
    push(chunk) {
      const whole = lines.push(chunk)
      return whole === null ? [] : readLines(whole)
    },
    end() {
      const rest = lines.takeRest()
      let events: ChatEvent[] = []
      try {
        if (rest !== null) events = readLines(rest)
      } catch (error) {
        // A last line that makes no sense is one that is not there as a whole.
        if (!(error instanceof GatewayError)) throw error
      }
      if (reader.isComplete() || failed) return events
      throw new GatewayError('upstream_cut', 'The reply ended before it was complete.')
    },
  }
}

/** Reads the lines of one reply; a whole reply is one line. */
function lineReader() {
  const tracker = new PartTracker(0)
  let started = false
  let complete = false
  let wholes = 0
  let calledTools = false

  return {
    isComplete: () => complete,
    read(line: Json): ChatEvent[] {
      const events: ChatEvent[] = []
      if (complete) return events
      if (!started) events.push(replyStart(line))
      started = true
      const message = objectOf(line.message)
      const logprobs = readLogprobs(line.logprobs)
      const thinking = stringOf(message.thinking) || stringOf(line.thinking)
      if (thinking !== '') tracker.delta(events, { kind: 'reasoning' }, { text: thinking })
      const content = stringOf(message.content) || stringOf(line.response)
      if (content !== '')
        tracker.delta(events, { kind: 'text' }, { text: content, ...(logprobs === undefined ? {} : { logprobs }) })
      const images = message.images ?? (line.image === undefined ? undefined : [line.image])
      if (Array.isArray(images) && images.length > 0) {
        const opening = { kind: 'opaque', key: `whole ${wholes++}`, dialect: 'ollama' } as const
        tracker.delta(events, opening, { text: '', value: { images } })
      }
      for (const call of objectsOf(message.tool_calls ?? line.tool_calls)) {
        const { name, arguments: args } = objectOf(call.function)
        const id = typeof call.id === 'string' && call.id !== '' ? call.id : newToolCallId()
        const opening = { kind: 'tool-call', key: `call ${wholes++}`, id, name: stringOf(name) } as const
        calledTools = true
        tracker.delta(events, opening, { text: typeof args === 'string' ? args : JSON.stringify(args ?? {}) })
      }
      if (line.done !== true) return events
      complete = true
      tracker.close(events)
      const raw = typeof line.done_reason === 'string' ? line.done_reason : null
      events.push({ type: 'finish', choice: 0, reason: readFinishReason(raw, calledTools), raw })
      const usage = readUsage(line)
      if (usage !== null) events.push({ type: 'usage', usage })
      return events
    },
  }
}

/** Ollama gives replies no id: their time of creation, to the nanosecond, serves. */
function replyStart(line: Json): ChatEvent {
  const time = stringOf(line.created_at)
  const created = Date.parse(time)
  return {
    type: 'reply-start',
    id: `chatcmpl-${time.replace(/\D/g, '')}`,
    model: stringOf(line.model),
    created: Number.isNaN(created) ? 0 : Math.floor(created / 1000),
  }
}

function parse(text: string): Json {
  const line = parseObject(text)
  if (line === null) throw invalid(text.slice(0, 80))
  return line
}

function invalid(what: string): GatewayError {
  return new GatewayError('upstream_invalid_reply', `The provider's reply is not one of Ollama's: ${what}.`)
}
