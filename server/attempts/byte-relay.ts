import type { ByteSink } from '../core/reply.ts'

/** Carries bytes to a sink that comes later: what is there before is held, and so is the end. */
export class ByteRelay {
  /** Held at the moment. */
  bytes = 0
  #held: Buffer[] = []
  #sink: ByteSink | null = null
  #last: ((sink: ByteSink) => void) | null = null

  push(bytes: Buffer): void {
    if (this.#sink) {
      this.#sink.data(bytes)
      return
    }
    this.#held.push(bytes)
    this.bytes += bytes.length
  }

  /** What the sink is told at the end, once. */
  end(last: (sink: ByteSink) => void): void {
    if (this.#sink) last(this.#sink)
    else this.#last = last
  }

  start(sink: ByteSink): void {
    this.#sink = sink
    for (const bytes of this.#held) sink.data(bytes)
    this.#held = []
    this.bytes = 0
    this.#last?.(sink)
  }
}
