import type { ChatEvent } from '../../core/events.ts'
import type { OpaqueState } from '../../core/request.ts'
import { isObject, type Json, objectOf, objectsOf } from '../members.ts'
import { type DeltaContent, type PartOpening, PartTracker } from '../part-tracker.ts'
import { readCitations } from './citations.ts'
import { readFinishReason } from './finish-reason.ts'
import { ownState } from './own-state.ts'
import { readThinking } from './read-part.ts'
import { addDetails, detailsText } from './reasoning-details.ts'
import { type CallDelta, ToolCallSequence } from './tool-call-sequence.ts'

/** Reads the messages or deltas of one choice, which have the same members, into its parts. */
export class ChoiceReader {
  readonly #choice: number
  readonly #tracker: PartTracker
  readonly #calls: ToolCallSequence
  #details: Json[] = []
  #reasons = false
  #audio: Json | null = null
  #opaques = 0
  /** Of a chunk that had nothing to put them to. */
  #logprobs: unknown = null

  constructor(choice: number) {
    this.#choice = choice
    this.#tracker = new PartTracker(choice)
    this.#calls = new ToolCallSequence(this.#tracker)
  }

  /** Any number of deltas, or one message, whose calls are each `whole`. */
  read(delta: Json, logprobs: unknown, events: ChatEvent[], whole = false): void {
    if (isObject(logprobs)) this.#logprobs = logprobs
    this.#readReasoning(delta, events)
    const extra = objectOf(delta.extra_content)
    this.#readContent(delta.content, objectOf(extra.google).thought === true, events)
    if (objectOf(extra.google).thought_signature !== undefined)
      this.#content(events, { kind: 'text' }, { text: '', state: ownState({ extra_content: extra }) })
    if (typeof delta.refusal === 'string' && delta.refusal !== '')
      this.#content(events, { kind: 'refusal' }, { text: delta.refusal })
    for (const citation of readCitations(delta.annotations))
      this.#content(events, { kind: 'text' }, { text: '', citation })
    if (isObject(delta.audio)) this.#audio = joinAudio(this.#audio ?? {}, delta.audio)
    if (Array.isArray(delta.images) && delta.images.length > 0) this.#member(events, 'images', delta.images)
    const calls = objectsOf(delta.tool_calls).map(readCall)
    if (isObject(delta.function_call)) calls.push(readCall({ index: -1, function: delta.function_call }))
    if (calls.length > 0) this.#flush(events)
    for (const call of calls) this.#calls.piece(events, call, whole)
  }

  /** The end of the choice. `word` is what the provider said, `null` when it only ended. */
  finish(word: string | null, stop: unknown, events: ChatEvent[]): void {
    this.#flush(events)
    if (this.#audio) this.#member(events, 'audio', this.#audio)
    this.#calls.end(events)
    this.#tracker.close(events)
    const said = word === null ? 'stop' : readFinishReason(word)
    const reason = said === 'stop' && this.#calls.called ? 'tool-calls' : said
    const choice = this.#choice
    events.push({ type: 'finish', choice, reason, raw: word, ...(typeof stop === 'string' ? { stop } : {}) })
  }

  #readReasoning(delta: Json, events: ChatEvent[]): void {
    const details = objectsOf(delta.reasoning_details)
    const said = delta.reasoning_content ?? delta.reasoning
    if (typeof said === 'string' && said !== '') this.#reasons = true
    // Details repeat the text, but for servers that say it nowhere else.
    const text = typeof said === 'string' ? said : this.#reasons ? '' : detailsText(details)
    if (text !== '') this.#calls.content(events, { kind: 'reasoning' }, { text })
    addDetails(this.#details, details)
  }

  #readContent(content: unknown, isThought: boolean, events: ChatEvent[]): void {
    if (typeof content === 'string') {
      if (content !== '') this.#content(events, { kind: isThought ? 'reasoning' : 'text' }, { text: content })
      return
    }
    for (const part of objectsOf(content))
      if (part.type === 'text') this.#readContent(String(part.text ?? ''), isThought, events)
      else if (part.type === 'thinking') {
        const { text, state } = readThinking(part)
        this.#calls.content(events, { kind: 'reasoning' }, { text, ...(state ? { state } : {}) })
      } else this.#opaque(events, part)
  }

  /** All that is no reasoning: what was gathered of its details belongs before it. */
  #content(events: ChatEvent[], opening: PartOpening, content: DeltaContent): void {
    this.#flush(events)
    const logprobs = this.#logprobs
    this.#logprobs = null
    this.#calls.content(events, opening, { ...content, ...(logprobs ? { logprobs } : {}) })
  }

  #member(events: ChatEvent[], name: string, value: unknown): void {
    this.#opaque(events, { type: `message.${name}`, value })
  }

  #opaque(events: ChatEvent[], value: unknown): void {
    const key = `opaque ${this.#opaques++}`
    this.#content(events, { kind: 'opaque', key, dialect: 'openai-chat' }, { text: '', value })
  }

  #flush(events: ChatEvent[]): void {
    if (this.#details.length === 0) return
    const state: OpaqueState = ownState({ reasoning_details: this.#details })
    this.#details = []
    this.#calls.content(events, { kind: 'reasoning' }, { text: '', state })
  }
}

/** A call, or a piece of one. Vendors leave out numbers, ids and even names, and some send arguments as an object. */
function readCall(call: Json): CallDelta {
  const custom = call.type === 'custom' || (isObject(call.custom) && !isObject(call.function))
  const body = objectOf(custom ? call.custom : call.function)
  const given = custom ? body.input : body.arguments
  return {
    index: typeof call.index === 'number' ? call.index : null,
    id: typeof call.id === 'string' ? call.id : '',
    name: typeof body.name === 'string' ? body.name : '',
    text: typeof given === 'string' ? given : isObject(given) ? JSON.stringify(given) : '',
    custom,
    state: isObject(call.extra_content) ? ownState({ extra_content: call.extra_content }) : null,
  }
}

/** Spoken replies stream their data and transcript in pieces. */
function joinAudio(audio: Json, piece: Json): Json {
  const joined = { ...audio, ...piece }
  for (const name of ['data', 'transcript'])
    if (typeof audio[name] === 'string' && typeof piece[name] === 'string')
      joined[name] = `${audio[name]}${piece[name]}`
  return joined
}
