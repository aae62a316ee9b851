import type { ChatEvent } from '../core/events.ts'

/** More events than this wait: the upstream is paused until half of them are read. */
const MOST_WAITING = 256

/** Events from a pushing side to a pulling one, bounded by pausing the source. */
export class EventQueue implements AsyncIterable<ChatEvent> {
  readonly #source: { pause(): void; resume(): void }
  #events: ChatEvent[] = []
  #closed = false
  #paused = false
  #wake: (() => void) | null = null

  constructor(source: { pause(): void; resume(): void }) {
    this.#source = source
  }

  push(event: ChatEvent): void {
    this.#events.push(event)
    if (this.#events.length > MOST_WAITING && !this.#paused) {
      this.#paused = true
      this.#source.pause()
    }
    this.#wake?.()
  }

  close(): void {
    this.#closed = true
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ChatEvent> {
    for (;;) {
      const batch = this.#events
      this.#events = []
      if (this.#paused) {
        this.#paused = false
        this.#source.resume()
      }
      yield* batch
      if (this.#events.length > 0) continue
      if (this.#closed) return
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = null
    }
  }
}
