import type { ChatEvent, PartKind } from '../core/events.ts'

/** Numbers the parts of one choice while a reply is read: opens one where content begins, closes it at a switch. */
export class PartTracker {
  readonly #choice: number
  #next = 0
  #open: { part: number; key: string } | null = null

  constructor(choice: number) {
    this.#choice = choice
  }

  /** Adds a delta to the part with this key; a new key closes the open part and starts another. */
  delta(
    events: ChatEvent[],
    start: { kind: PartKind; key?: string; id?: string; name?: string },
    delta: { text: string; logprobs?: unknown; value?: unknown },
  ): void {
    const key = start.key ?? start.kind
    const choice = this.#choice
    if (this.#open?.key !== key) {
      this.close(events)
      this.#open = { part: this.#next, key }
      this.#next += 1
      const { id, name } = start
      events.push({
        type: 'part-start',
        choice,
        part: this.#open.part,
        kind: start.kind,
        ...(id === undefined ? {} : { id }),
        ...(name === undefined ? {} : { name }),
      })
    }
    if (delta.text !== '' || delta.logprobs || delta.value !== undefined)
      events.push({ type: 'part-delta', choice, part: this.#open.part, ...delta })
  }

  close(events: ChatEvent[]): void {
    if (this.#open) events.push({ type: 'part-end', choice: this.#choice, part: this.#open.part })
    this.#open = null
  }
}

/** The trackers of all choices of a reply, made as they are first named. */
export class ChoiceTrackers {
  readonly #trackers = new Map<number, PartTracker>()

  of(choice: number): PartTracker {
    let tracker = this.#trackers.get(choice)
    if (!tracker) {
      tracker = new PartTracker(choice)
      this.#trackers.set(choice, tracker)
    }
    return tracker
  }

  closeAll(events: ChatEvent[]): void {
    for (const tracker of this.#trackers.values()) tracker.close(events)
  }
}
