import type { ChatEvent, PartDelta, PartStart } from '../core/events.ts'

/** What a part begins with. Deltas with the same `key` (the kind where not said) belong to the same part. */
export type PartOpening = Pick<PartStart, 'kind' | 'id' | 'name' | 'namespace' | 'custom' | 'dialect'> & {
  key?: string
}
export type DeltaContent = Omit<PartDelta, 'type' | 'choice' | 'part'>

/** Numbers the parts of one choice while a reply is read: opens one where content begins, closes it at a switch. */
export class PartTracker {
  readonly #choice: number
  #next = 0
  #open: { part: number; key: string } | null = null

  constructor(choice: number) {
    this.#choice = choice
  }

  /** The key of the open part, `null` when none is open. */
  get openKey(): string | null {
    return this.#open?.key ?? null
  }

  /** Adds a delta to the part with this key; a new key closes the open part and starts another. */
  delta(events: ChatEvent[], opening: PartOpening, content: DeltaContent): void {
    const { key = opening.kind, ...start } = opening
    const choice = this.#choice
    if (this.#open?.key !== key) {
      this.close(events)
      this.#open = { part: this.#next, key }
      this.#next += 1
      events.push({ type: 'part-start', choice, part: this.#open.part, ...start })
    }
    const { text, logprobs, value, citation, state } = content
    if (text !== '' || logprobs || value !== undefined || citation || state)
      events.push({ type: 'part-delta', choice, part: this.#open.part, ...content })
  }

  close(events: ChatEvent[]): void {
    if (this.#open) events.push({ type: 'part-end', choice: this.#choice, part: this.#open.part })
    this.#open = null
  }
}
