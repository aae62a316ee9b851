import stableStringify from 'safe-stable-stringify'
import type { ChatEvent } from '../../core/events.ts'
import { parseJson } from '../../core/json-schema.ts'
import type { ChatRequest, Message, ToolCallPart, ToolResultPart } from '../../core/request.ts'

/** What tools gave in a conversation after its latest question. Nothing is executed: it is given out again on demand. */
export class ToolTape {
  /** The conversation up to its latest question. */
  readonly begin: readonly Message[]
  /** Turns that called tools then. */
  readonly turns: number
  /** By what was called, in order. */
  readonly #results = new Map<string, ToolResultPart[]>()

  private constructor(begin: readonly Message[], later: readonly Message[]) {
    this.begin = begin
    const called = new Map<string, ToolCallPart>()
    for (const { parts } of later)
      for (const part of parts) {
        if (part.type === 'tool-call') called.set(part.id, part)
        const call = part.type === 'tool-result' ? called.get(part.id) : undefined
        if (call === undefined) continue
        const results = this.#results.get(keyOf(call)) ?? []
        this.#results.set(keyOf(call), [...results, part as ToolResultPart])
      }
    this.turns = later.filter(({ parts }) => parts.some(({ type }) => type === 'tool-call')).length
  }

  /** `null`: no tool gave anything after the latest question. */
  static of({ messages }: Pick<ChatRequest, 'messages'>): ToolTape | null {
    const last = messages.findLastIndex(({ role, parts }) => role === 'user' && parts.some(isWritten))
    const tape = new ToolTape(messages.slice(0, last + 1), messages.slice(last + 1))
    return last < 0 || tape.#results.size === 0 ? null : tape
  }

  /**
   * A turn that calls tools, and what they gave then, as the messages that follow. `null`: it asks for something else.
   * What is asked for again gets what it got the last time.
   */
  answer(turn: readonly (ToolCallPart | { type: 'text'; text: string })[]): Message[] | null {
    const calls = turn.filter((part) => part.type === 'tool-call')
    const results = calls.map((call) => this.#take(call))
    if (results.includes(null)) return null
    return [
      { role: 'assistant', parts: [...turn] },
      ...results.map((result): Message => ({ role: 'tool', parts: [result!] })),
    ]
  }

  #take(call: ToolCallPart): ToolResultPart | null {
    const results = this.#results.get(keyOf(call))
    const [result] = results ?? []
    if (result === undefined) return null
    if (results!.length > 1) results!.shift()
    return { ...result, id: call.id }
  }
}

/** The texts and tool calls of a reply's first choice, with the ids that the provider gave. */
export function turnOf(events: readonly ChatEvent[]): (ToolCallPart | { type: 'text'; text: string })[] {
  const parts = new Map<number, ToolCallPart | { type: 'text'; text: string }>()
  for (const event of events) {
    if (!('choice' in event) || event.choice !== 0) continue
    if (event.type === 'part-start' && event.kind === 'text') parts.set(event.part, { type: 'text', text: '' })
    if (event.type === 'part-start' && event.kind === 'tool-call')
      parts.set(event.part, {
        ...{ type: 'tool-call', id: event.id!, name: event.name ?? '', arguments: '' },
        ...(event.custom ? { custom: true } : {}),
        ...(event.namespace === undefined ? {} : { namespace: event.namespace }),
      })
    if (event.type !== 'part-delta') continue
    const part = parts.get(event.part)
    if (part?.type === 'text') part.text += event.text
    if (part?.type === 'tool-call') part.arguments += event.text
  }
  return [...parts.values()].filter((part) => part.type === 'tool-call' || part.text !== '')
}

/** Arguments that are the same JSON are the same. */
function keyOf({ name, arguments: text }: ToolCallPart): string {
  const json = parseJson(text.trim() === '' ? '{}' : text)
  return `${name}\0${json ? stableStringify(json.value) : text}`
}

/** Anthropic's results stand in messages of the user. */
function isWritten({ type }: Message['parts'][number]): boolean {
  return type === 'text' || type === 'media'
}
