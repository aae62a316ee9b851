/** What is to happen later, by its time; of equal times what was added first. A binary heap. */
export class Timeline {
  readonly #events: { at: number; order: number; happen: () => void }[] = []
  #added = 0

  /** Events that are still to come. */
  get length(): number {
    return this.#events.length
  }

  add(at: number, happen: () => void): void {
    const events = this.#events
    const event = { at, order: this.#added, happen }
    this.#added += 1
    let place = events.length
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!this.#isBefore(event, events[parent]!)) break
      events[place] = events[parent]!
      place = parent
    }
    events[place] = event
  }

  /** Takes out the next event that is due at `now`. */
  next(now: number): { at: number; happen: () => void } | null {
    const events = this.#events
    const first = events[0]
    if (first === undefined || first.at > now) return null
    const last = events.pop()!
    if (events.length > 0) this.#sink(last)
    return first
  }

  #sink(event: { at: number; order: number; happen: () => void }): void {
    const events = this.#events
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child + 1 < events.length && this.#isBefore(events[child + 1]!, events[child]!)) child += 1
      if (child >= events.length || !this.#isBefore(events[child]!, event)) break
      events[place] = events[child]!
      place = child
    }
    events[place] = event
  }

  #isBefore(one: { at: number; order: number }, other: { at: number; order: number }): boolean {
    return one.at < other.at || (one.at === other.at && one.order < other.order)
  }
}
