import type { Clock } from '../core/clock.ts'
import { Recording } from './recording.ts'

interface Kept {
  key: string
  recording: Recording
  /** Bytes of it that the book has counted. */
  counted: number
  /** `Clock.now()` at which it is forgotten, once it is complete. */
  until: number
}

/** Replies in memory by key, as they went to a client: bounded in bytes, the oldest make room. */
export class KeptReplies {
  readonly #clock: Clock
  readonly #mostBytes: number
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  constructor(clock: Clock, mostBytes: number) {
    this.#clock = clock
    this.#mostBytes = mostBytes
  }

  /** Held at the moment. */
  get bytes(): number {
    return this.#bytes
  }

  /** One that is complete, or under way. */
  get(key: string): Recording | null {
    const kept = this.#kept.get(key)
    if (!kept) return null
    const { recording, until } = kept
    if (recording.state === 'open' || (recording.state === 'whole' && until > this.#clock.now())) return recording
    this.drop(key, recording)
    return null
  }

  /** Opens a recording under a key for a lifetime; what was there is forgotten. */
  open(key: string, lifetimeMs: number): Recording {
    const before = this.#kept.get(key)
    if (before) this.drop(key, before.recording)
    const recording = new Recording(() => this.#count(kept))
    const kept: Kept = { key, recording, counted: 0, until: this.#clock.now() + lifetimeMs }
    this.#kept.set(key, kept)
    return recording
  }

  /** Forgets a recording, if it is still the one under this key. */
  drop(key: string, recording: Recording): void {
    const kept = this.#kept.get(key)
    if (kept?.recording !== recording) return
    this.#kept.delete(key)
    this.#bytes -= kept.counted
  }

  #count(kept: Kept): void {
    // A recording that was dropped meanwhile is no business of this book.
    if (this.#kept.get(kept.key) !== kept) return
    this.#bytes += kept.recording.bytes - kept.counted
    kept.counted = kept.recording.bytes
    this.#makeRoom(kept)
  }

  /** Lets the oldest complete ones go and, where that is not enough, gives up the one that grew. */
  #makeRoom({ key, recording: grown }: Kept): void {
    for (const [other, { recording }] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) return
      if (recording.state !== 'open') this.drop(other, recording)
    }
    if (this.#bytes <= this.#mostBytes) return
    this.drop(key, grown)
    grown.close('broken')
  }
}
