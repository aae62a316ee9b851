import { emitFeatures, lengthBucket } from '../../server/guardrails/injection/features.ts'
import { segment } from '../../server/guardrails/injection/segments.ts'
import { tokenise } from '../../server/guardrails/injection/tokens.ts'
import { eachWindow, SPANS } from '../../server/guardrails/injection/windows.ts'

/** A window of a text: where its features lie in the corpus. */
export interface Window {
  from: number
  to: number
  lengthBucket: number
  /** Position in `SPANS`. */
  span: number
  /** In UTF-16 units of the text. */
  start: number
  end: number
}

/** The features of many texts, one after the other. */
export class Corpus {
  #buckets = new Int32Array(1 << 24)
  #used = 0
  readonly #windows: Window[][] = []

  /** So many features in all. */
  get size(): number {
    return this.#used
  }

  get buckets(): Int32Array {
    return this.#buckets
  }

  /** Returns the text's number. */
  add(text: string): number {
    const tokens = tokenise(text)
    const segments = segment(text, tokens)
    const ends = new Int32Array(tokens.count + 1)
    ends[0] = this.#used
    let last = -1
    emitFeatures(text, tokens, segments, {
      add: (token, bucket) => {
        for (; last < token; last++) ends[last + 1] = this.#used
        if (this.#used === this.#buckets.length) this.#grow()
        this.#buckets[this.#used++] = bucket
      },
    })
    for (; last < tokens.count; last++) ends[last + 1] = this.#used
    const windows: Window[] = []
    SPANS.forEach((count, span) => {
      eachWindow(segments, count, (from, to) => {
        windows.push({
          from: ends[from]!,
          to: ends[to]!,
          lengthBucket: lengthBucket(to - from),
          span,
          start: tokens.start[from]!,
          end: tokens.end[to - 1]!,
        })
      })
    })
    return this.#windows.push(windows) - 1
  }

  windows(text: number): readonly Window[] {
    return this.#windows[text]!
  }

  #grow(): void {
    const larger = new Int32Array(this.#buckets.length * 2)
    larger.set(this.#buckets)
    this.#buckets = larger
  }
}
