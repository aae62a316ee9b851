import type { ChatEvent } from '../core/events.ts'
import { estimateTokens } from '../core/token-estimate.ts'
import type { Usage } from '../core/usage.ts'

/** Shorter repetitions happen in any text. */
const LEAST_OVERLAP = 8
/** A model that repeats the end of what it said repeats no more than this. */
const MOST_OVERLAP = 400
/** A longer reply is not taken up: all of its text would have to be held, and read again as a prompt. */
const MOST_TEXT = 1_000_000

/** What the client has of a reply that several streams make up, and the joint between two of them. */
export class Seam {
  /** Text of the first choice so far. */
  text = ''
  /** The reply can still be taken up: no tool call, one choice, not at its end, not too long to be held. */
  open = true
  #nextPart = 0
  /** Number of the text part that is under way. */
  #textPart: number | null = null
  /** Number of another part that is under way. */
  #otherPart: number | null = null
  /** Of the continuation: text held back until it is clear whether it repeats what was said. */
  #held: string | null = null
  /** Of the continuation: its parts by their new numbers; `null` for one that is left out. */
  #parts = new Map<number, number | null>()
  /** Text that came before the last joint. */
  #before = ''

  /** Follows the first stream. */
  see(event: ChatEvent): ChatEvent[] {
    if ('choice' in event && event.choice > 0) this.open = false
    switch (event.type) {
      case 'part-start':
        this.#nextPart = event.part + 1
        this.#textPart = event.kind === 'text' ? event.part : null
        this.#otherPart = event.kind === 'text' ? null : event.part
        if (event.kind === 'tool-call') this.open = false
        break
      case 'part-end':
        this.#textPart = null
        this.#otherPart = null
        break
      case 'part-delta':
        if (event.part === this.#textPart) this.#keep(event.text)
        break
      case 'finish':
        this.open = false
    }
    return [event]
  }

  /** The next stream goes on from here. */
  begin(): void {
    this.#held = ''
    this.#parts = new Map()
    this.#before = this.text
  }

  /** An event of a stream that goes on with the reply, as the client is to see it. */
  join(event: ChatEvent): ChatEvent[] {
    switch (event.type) {
      case 'reply-start':
        return []
      case 'part-start':
        return this.#startPart(event)
      case 'part-delta': {
        const part = this.#parts.get(event.part)
        if (part === undefined || part === null) return []
        if (part !== this.#textPart) return [{ ...event, part }]
        return this.#say(part, event.text)
      }
      case 'part-end':
        return this.#endPart(event.part)
      case 'finish':
        this.open = false
        return [...this.#release(), ...this.#closePart(), event]
      case 'usage':
        return [{ ...event, usage: this.#wholeUsage(event.usage) }]
      default:
        return [event]
    }
  }

  #startPart(event: ChatEvent & { type: 'part-start' }): ChatEvent[] {
    if (event.kind === 'text' && this.#textPart !== null) {
      this.#parts.set(event.part, this.#textPart)
      return []
    }
    // What it thinks before it goes on is not for the client, who has read the beginning of the answer.
    if (event.kind !== 'text' && event.kind !== 'tool-call') {
      this.#parts.set(event.part, null)
      return []
    }
    if (event.kind === 'tool-call') this.open = false
    const closed = [...this.#release(), ...this.#closePart()]
    const part = this.#nextPart++
    this.#parts.set(event.part, part)
    if (event.kind === 'text') this.#textPart = part
    return [...closed, { ...event, part }]
  }

  #endPart(own: number): ChatEvent[] {
    const part = this.#parts.get(own)
    if (part === undefined || part === null) return []
    if (part === this.#textPart) return [...this.#release(), ...this.#closePart()]
    return [{ type: 'part-end', choice: 0, part }]
  }

  #say(part: number, text: string): ChatEvent[] {
    if (this.#held === null) return this.#emit(part, text)
    this.#held += text
    return this.#held.length < MOST_OVERLAP && this.#mayRepeat(this.#held) ? [] : this.#release()
  }

  /** Lets held text go, less what repeats the end of what was said. */
  #release(): ChatEvent[] {
    const held = this.#held
    this.#held = null
    if (!held || this.#textPart === null) return []
    return this.#emit(this.#textPart, held.slice(overlap(this.#before, held)))
  }

  /** More of it may show that it is a repetition. */
  #mayRepeat(held: string): boolean {
    return this.#before.slice(-MOST_OVERLAP).includes(held)
  }

  #emit(part: number, text: string): ChatEvent[] {
    if (text === '') return []
    this.#keep(text)
    return [{ type: 'part-delta', choice: 0, part, text }]
  }

  #keep(text: string): void {
    this.text += text
    if (this.text.length <= MOST_TEXT) return
    this.text = ''
    this.open = false
  }

  #closePart(): ChatEvent[] {
    const part = this.#textPart ?? this.#otherPart
    this.#textPart = null
    this.#otherPart = null
    return part === null ? [] : [{ type: 'part-end', choice: 0, part }]
  }

  /** The client pays for all of the reply, whoever wrote it: what the broken stream said is estimated. */
  #wholeUsage(usage: Usage): Usage {
    return { ...usage, output: usage.output + estimateTokens(this.#before), estimated: true }
  }
}

/** Characters at the beginning of `next` that repeat the end of `before`. */
function overlap(before: string, next: string): number {
  for (let length = Math.min(before.length, next.length, MOST_OVERLAP); length >= LEAST_OVERLAP; length -= 1)
    if (before.endsWith(next.slice(0, length))) return length
  return 0
}
