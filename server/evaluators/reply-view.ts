import type { ReplyView } from '../core/evaluation.ts'
import type { ChatEvent, FinishReason, PartStart } from '../core/events.ts'

/** Puts a reply together as evaluators see it, event by event. */
export class ReplyViewBuilder {
  readonly #text = { text: '' }
  readonly #refusal = { text: '' }
  readonly #toolCalls: { name: string; text: string }[] = []
  #finishReason: FinishReason | null = null
  /** What the open part adds to; parts of one choice follow each other. */
  #open: { text: string } | null = null

  see(event: ChatEvent): void {
    if (!('choice' in event) || event.choice !== 0) return
    if (event.type === 'part-start') this.#open = this.#placeOf(event)
    else if (event.type === 'part-delta' && this.#open) this.#open.text += event.text
    else if (event.type === 'finish') this.#finishReason = event.reason
  }

  /** As far as it has been seen. */
  view(): ReplyView {
    return {
      text: this.#text.text,
      refusal: this.#refusal.text,
      toolCalls: this.#toolCalls.map(({ name, text }) => ({ name, arguments: text })),
      finishReason: this.#finishReason,
    }
  }

  /** `null` for what evaluators do not see: reasoning, and what only its own dialect understands. */
  #placeOf({ kind, name = '' }: PartStart): { text: string } | null {
    if (kind === 'text') return this.#text
    if (kind === 'refusal') return this.#refusal
    if (kind !== 'tool-call') return null
    const call = { name, text: '' }
    this.#toolCalls.push(call)
    return call
  }
}

/** The first choice of a whole reply. */
export function readReplyView(events: Iterable<ChatEvent>): ReplyView {
  const builder = new ReplyViewBuilder()
  for (const event of events) builder.see(event)
  return builder.view()
}
