import type { ChatEvent } from '../../core/events.ts'
import { newToolCallId } from '../../core/ids.ts'
import { type Json, objectOf, objectsOf, present } from '../members.ts'
import type { PartOpening, PartTracker } from '../part-tracker.ts'
import { readCitations } from './citations.ts'
import { itemState } from './own-state.ts'

/**
 * Reads one item of the output into parts, as a whole or as it streams: `begin`, any number of `event`s, `end`.
 * `end` brings whatever of the whole item has not come before, for servers that leave events out.
 */
export class ItemReader {
  readonly #tracker: PartTracker
  /** Tells this item's parts from another's. */
  readonly #key: string
  #item: Json = {}
  /** Places of the item's content that have come in pieces. */
  readonly #streamed = new Set<string>()
  #callId: string | null = null
  #begun = false
  /** Paragraphs of reasoning so far. */
  readonly #reasoned = { content: [] as string[], summary: [] as string[] }

  constructor(tracker: PartTracker, key: string) {
    this.#tracker = tracker
    this.#key = key
  }

  /** The item as it is announced: its kind, id and name are known, its content is empty. */
  begin(item: Json, events: ChatEvent[]): void {
    this.#item = item
    if (this.#begun) return
    this.#begun = true
    if (item.type === 'function_call' || item.type === 'custom_tool_call') {
      const members = present(omit(item, ['type', 'call_id', 'name', 'namespace', 'arguments', 'input', 'status']))
      this.#delta(events, this.#opening(), '', Object.keys(members).length === 0 ? {} : { state: itemState(members) })
    }
    if (item.type === 'reasoning') this.#delta(events, this.#opening(), '', { state: this.#reasoning() })
  }

  /** An event that belongs to the item. */
  event(event: Json, events: ChatEvent[]): void {
    const { type, content_index, summary_index } = event
    const piece = typeof event.delta === 'string' ? event.delta : ''
    // Calls and thoughts that nobody has announced come with the whole item.
    if (!this.#begun && !/output_text|refusal/.test(String(type))) return
    switch (type) {
      case 'response.output_text.delta':
        this.#text(events, `content ${content_index}`, piece, event.logprobs)
        break
      case 'response.output_text.annotation.added':
        for (const citation of readCitations([event.annotation]))
          this.#delta(events, this.#part('text', `content ${content_index}`), '', { citation })
        this.#streamed.add(`annotations ${content_index}`)
        break
      case 'response.refusal.delta':
        this.#streamed.add(`content ${content_index}`)
        if (piece !== '') this.#delta(events, this.#part('refusal', `content ${content_index}`), piece)
        break
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        this.#streamed.add('arguments')
        this.#delta(events, this.#opening(), piece)
        break
      case 'response.reasoning_text.delta':
        this.#reason(events, 'content', content_index, piece)
        break
      case 'response.reasoning_summary_text.delta':
        this.#reason(events, 'summary', summary_index, piece)
        break
    }
  }

  /** The whole item, `null` when the stream ends without it. */
  end(item: Json | null, events: ChatEvent[]): void {
    if (item) {
      this.begin(item, events)
      this.#rest(item, events)
    }
    this.#tracker.close(events)
  }

  /** What of the whole item has not been told. */
  #rest(item: Json, events: ChatEvent[]): void {
    switch (item.type) {
      case 'message':
        for (const [index, part] of objectsOf(item.content).entries()) this.#content(part, index, events)
        return
      case 'function_call':
      case 'custom_tool_call': {
        const text = item.type === 'function_call' ? item.arguments : item.input
        if (!this.#streamed.has('arguments') && typeof text === 'string') this.#delta(events, this.#opening(), text)
        return
      }
      case 'reasoning':
        for (const kind of ['content', 'summary'] as const)
          for (const [index, { text }] of objectsOf(item[kind]).entries())
            if (typeof text === 'string' && this.#reasoned[kind].length <= index)
              this.#reason(events, kind, index, text)
        this.#delta(events, this.#opening(), '', { state: { issuer: 'openai-responses', value: present(item) } })
        return
      default:
        this.#delta(events, { kind: 'opaque', key: this.#key, dialect: 'openai-responses' }, '', { value: item })
    }
  }

  #content(part: Json, index: number, events: ChatEvent[]): void {
    const place = `content ${index}`
    if (!this.#streamed.has(place)) {
      if (part.type === 'refusal') this.#delta(events, this.#part('refusal', place), String(part.refusal ?? ''))
      else if (typeof part.text === 'string') this.#text(events, place, part.text, part.logprobs)
    }
    if (!this.#streamed.has(`annotations ${index}`))
      for (const citation of readCitations(part.annotations))
        this.#delta(events, this.#part('text', place), '', { citation })
  }

  #text(events: ChatEvent[], place: string, text: string, logprobs: unknown): void {
    const isFirst = !this.#streamed.has(place)
    const isFirstOfItem = isFirst && this.#streamed.size === 0
    this.#streamed.add(place)
    const members = present(omit(this.#item, ['type', 'role', 'content', 'status']))
    // OpenAI's chat has the canonical shape.
    const list = objectsOf(logprobs)
    this.#delta(events, this.#part('text', place), text, {
      ...(isFirstOfItem && Object.keys(members).length > 0 ? { state: itemState(members) } : {}),
      ...(list.length > 0 ? { logprobs: { content: list } } : {}),
    })
  }

  /**
   * Summaries and thoughts are paragraphs of one text. Each begins with the item as it is by then, whose last paragraph
   * is empty, so that it can be told from the text that goes on.
   */
  #reason(events: ChatEvent[], kind: 'content' | 'summary', index: unknown, text: string): void {
    const list = this.#reasoned[kind]
    const place = typeof index === 'number' ? index : 0
    if (list.length <= place) {
      const isNext = this.#reasoned.content.length + this.#reasoned.summary.length > 0
      list.push('')
      this.#delta(events, this.#opening(), isNext ? '\n\n' : '', { state: this.#reasoning() })
    }
    list[list.length - 1] += text
    if (text !== '') this.#delta(events, this.#opening(), text)
  }

  #reasoning() {
    const { content, summary } = this.#reasoned
    const thoughts = content.map((text) => ({ type: 'reasoning_text', text }))
    const value = {
      ...present(this.#item),
      summary: summary.map((text) => ({ type: 'summary_text', text })),
      ...(thoughts.length === 0 ? {} : { content: thoughts }),
    }
    return { issuer: 'openai-responses', value } as const
  }

  #opening(): PartOpening {
    const { type, call_id, name, namespace } = this.#item
    if (type === 'reasoning') return { kind: 'reasoning', key: this.#key }
    const custom = type === 'custom_tool_call'
    this.#callId ??= typeof call_id === 'string' && call_id !== '' ? call_id : newToolCallId()
    return {
      kind: 'tool-call',
      key: this.#key,
      id: this.#callId,
      name: typeof name === 'string' ? name : '',
      ...(typeof namespace === 'string' ? { namespace } : {}),
      ...(custom ? { custom } : {}),
    }
  }

  #part(kind: 'text' | 'refusal', place: string): PartOpening {
    return { kind, key: `${this.#key} ${place}` }
  }

  #delta(events: ChatEvent[], opening: PartOpening, text: string, more: object = {}): void {
    this.#tracker.delta(events, opening, { text, ...more })
  }
}

function omit(item: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(objectOf(item)).filter(([name]) => !names.includes(name)))
}
