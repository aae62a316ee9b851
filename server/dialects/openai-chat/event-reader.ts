import type { EventReader } from '../../core/dialect.ts'
import type { ChatEvent } from '../../core/events.ts'
import type { Usage } from '../../core/usage.ts'
import { type Json, objectOf, objectsOf } from '../members.ts'
import { sseReader } from '../sse-reader.ts'
import { ChoiceReader } from './choice-reader.ts'
import { errorInside } from './errors.ts'
import { invalid, isError, replyStart } from './read-reply.ts'
import { readUsage } from './usage.ts'

interface Choice {
  reader: ChoiceReader
  /** The provider's word for its end, once it has come. */
  finish: string | null
  stop: unknown
}

/**
 * Reads a stream of chunks. Choices end with the stream, not with their finish reason: OpenRouter says it more than
 * once, and sends more of the choice in between.
 */
export function eventReader(): EventReader {
  const choices = new Map<number, Choice>()
  let usage: Usage | null = null
  let started = false
  /** `[DONE]`, or an error in its place. */
  let ended = false

  const readChunk = (chunk: Json, events: ChatEvent[]) => {
    if (ended) return
    const groq = objectOf(chunk.x_groq)
    const failed = [chunk, groq].find(isError)
    if (failed) {
      ended = true
      events.push({ type: 'error', error: errorInside(failed) })
      return
    }
    const list = objectsOf(chunk.choices)
    // Azure begins with a chunk about the prompt that has neither.
    if (!started && (list.length > 0 || chunk.id)) {
      started = true
      events.push(replyStart(chunk))
    }
    for (const choice of list) readChoice(choice, events)
    usage = readUsage(chunk.usage) ?? readUsage(groq.usage) ?? usage
  }
  const readChoice = (json: Json, events: ChatEvent[]) => {
    const index = typeof json.index === 'number' ? json.index : 0
    let choice = choices.get(index)
    if (!choice) {
      choice = { reader: new ChoiceReader(index), finish: null, stop: null }
      choices.set(index, choice)
    }
    choice.reader.read(objectOf(json.delta), json.logprobs, events)
    if (typeof json.finish_reason === 'string') choice.finish = json.finish_reason
    choice.stop = json.stop_reason ?? choice.stop
  }
  const end = (events: ChatEvent[]) => {
    if (choices.size === 0) throw invalid('its stream has no choices')
    ended = true
    for (const [, choice] of [...choices].sort(([left], [right]) => left - right))
      choice.reader.finish(choice.finish, choice.stop, events)
    if (usage) events.push({ type: 'usage', usage })
  }
  return sseReader({
    read: readChunk,
    done(events) {
      if (!ended) end(events)
    },
    end(events) {
      // A server that closes in good order after the last finish reason but without [DONE] is done as well.
      const complete = choices.size > 0 && [...choices.values()].every(({ finish }) => finish !== null)
      if (!ended && complete) end(events)
      return ended
    },
    invalid,
  })
}
