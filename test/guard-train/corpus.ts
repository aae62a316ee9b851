import { emitFeatures, lengthBucket } from '../../server/guardrails/injection/features.ts'
import { BUCKET_SHIFT, BUCKETS } from '../../server/guardrails/injection/hash.ts'
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

/** A bucket beyond all others, for features that are not to be learned from. */
export const UNLEARNED = BUCKETS
/** Features are told apart by so many bits where their sources are counted: far more than they have buckets. */
const COUNTED_BITS = 25

/** The features of many texts, one after the other. */
export class Corpus {
  #features = new Int32Array(1 << 24)
  #used = 0
  readonly #windows: Window[][] = []
  /** Where each text's features begin. */
  readonly #starts: number[] = []

  /** So many features in all. */
  get size(): number {
    return this.#used
  }

  /** The bucket of each. */
  buckets(): Int32Array {
    return this.#features.subarray(0, this.#used).map((feature) => feature >>> BUCKET_SHIFT)
  }

  /**
   * The bucket of each, and `UNLEARNED` for those that occur in fewer than `fewest` sources: what one source alone has is
   * how it was written rather than what it wants.
   */
  sharedBuckets(texts: readonly { text: number; source: string }[], fewest: number): Int32Array {
    const lasts = new Uint8Array(1 << COUNTED_BITS)
    const counts = new Uint8Array(1 << COUNTED_BITS)
    const numbers = new Map<string, number>()
    for (const { source } of texts) if (!numbers.has(source)) numbers.set(source, numbers.size + 1)
    for (const { text, source } of [...texts].sort(
      (one, other) => numbers.get(one.source)! - numbers.get(other.source)!,
    )) {
      const number = numbers.get(source)!
      for (let at = this.#starts[text]!; at < (this.#starts[text + 1] ?? this.#used); at++) {
        const slot = this.#features[at]! >>> (32 - COUNTED_BITS)
        if (lasts[slot] === number) continue
        lasts[slot] = number
        counts[slot]!++
      }
    }
    return this.#features
      .subarray(0, this.#used)
      .map((feature) => (counts[feature >>> (32 - COUNTED_BITS)]! < fewest ? UNLEARNED : feature >>> BUCKET_SHIFT))
  }

  /** Returns the text's number. */
  add(text: string): number {
    this.#starts.push(this.#used)
    const tokens = tokenise(text)
    const segments = segment(text, tokens)
    const ends = new Int32Array(tokens.count + 1)
    ends[0] = this.#used
    let last = -1
    emitFeatures(text, tokens, segments, {
      add: (token, feature) => {
        for (; last < token; last++) ends[last + 1] = this.#used
        if (this.#used === this.#features.length) this.#grow()
        this.#features[this.#used++] = feature
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
    const larger = new Int32Array(this.#features.length * 2)
    larger.set(this.#features)
    this.#features = larger
  }
}
