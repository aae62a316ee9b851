import { calibrated, type Evidence, noEvidence } from './calibration.ts'
import type { FeatureSink } from './feature-sink.ts'
import { emitFeatures, lengthBucket } from './features.ts'
import { type Segments, segment } from './segments.ts'
import { type Tokens, tokenise } from './tokens.ts'
import { type Head, type HeadName, shippedHeads } from './weights.ts'
import { eachWindow, SPANS, scaleOf } from './windows.ts'

/** What a head says of a text, and where it is worst. Offsets are UTF-16 units. */
export interface Scored {
  /** 0..1. */
  score: number
  spans: { start: number; end: number }[]
}

/** Where it is worst is not worked out for texts that no threshold in use would stop. */
export const POINTED_FROM = 0.25

/** Windows that are nearly as bad as the worst are pointed out too. */
const NEARLY = 1.5
/** Longer windows do not tell where. */
const LONGEST_POINTED = 8

/** Sums of weights up to each token, so that a window's is a difference. */
class Sums implements FeatureSink {
  direct = new Int32Array(1025)
  indirect = new Int32Array(1025)
  features = new Int32Array(1025)
  #heads!: Record<HeadName, Head>
  #token = 0
  #direct = 0
  #indirect = 0
  #features = 0

  begin(tokens: number, heads: Record<HeadName, Head>): void {
    if (this.features.length <= tokens) {
      this.direct = new Int32Array(2 * tokens)
      this.indirect = new Int32Array(2 * tokens)
      this.features = new Int32Array(2 * tokens)
    }
    this.#heads = heads
    this.#token = this.#direct = this.#indirect = this.#features = 0
  }

  add(token: number, bucket: number): void {
    while (this.#token < token) this.#close()
    this.#direct += this.#heads.direct.weights[bucket]!
    this.#indirect += this.#heads.indirect.weights[bucket]!
    this.#features++
  }

  finish(tokens: number): void {
    while (this.#token < tokens) this.#close()
  }

  #close(): void {
    const next = ++this.#token
    this.direct[next] = this.#direct
    this.indirect[next] = this.#indirect
    this.features[next] = this.#features
  }
}

const sums = new Sums()

/** Scores a text by the heads that are asked for, in time linear in its length. */
export function scoreText(text: string, asked: readonly HeadName[]): Scored[] {
  const heads = shippedHeads()
  const tokens = tokenise(text)
  const segments = segment(text, tokens)
  sums.begin(tokens.count, heads)
  emitFeatures(text, tokens, segments, sums)
  sums.finish(tokens.count)
  return asked.map((name) => scoreHead(heads[name], sums[name], tokens, segments))
}

function scoreHead(head: Head, totals: Int32Array, tokens: Tokens, segments: Segments): Scored {
  const evidence = noEvidence()
  const logitOf = (from: number, to: number) => {
    const scale = scaleOf(sums.features[to]! - sums.features[from]!)
    return head.bias + head.step * ((totals[to]! - totals[from]!) * scale + head.weights[lengthBucket(to - from)]!)
  }
  for (let position = 0; position < SPANS.length; position++) {
    let top = -Infinity
    eachWindow(segments, SPANS[position]!, (from, to) => {
      const logit = logitOf(from, to)
      if (logit > top) top = logit
      evidence.windows++
    })
    evidence.tops[position] = top
  }
  const score = calibrated(evidence, head.coefficients, head.intercept)
  return { score, spans: score < POINTED_FROM ? [] : pointedOut(evidence, logitOf, tokens, segments) }
}

/** The windows that are worst, or nearly so. */
function pointedOut(
  { tops }: Evidence,
  logitOf: (from: number, to: number) => number,
  tokens: Tokens,
  segments: Segments,
): Scored['spans'] {
  const pointed = SPANS.filter((span) => span <= LONGEST_POINTED)
  const least = Math.max(...pointed.map((_, position) => tops[position]!)) - NEARLY
  const spans: Scored['spans'] = []
  for (const span of pointed)
    eachWindow(segments, span, (from, to) => {
      if (logitOf(from, to) >= least) spans.push({ start: tokens.start[from]!, end: tokens.end[to - 1]! })
    })
  return merged(spans)
}

/** In order, those that overlap or touch as one. */
export function merged(spans: readonly { start: number; end: number }[]): { start: number; end: number }[] {
  const joined: { start: number; end: number }[] = []
  for (const span of [...spans].sort((one, other) => one.start - other.start)) {
    const last = joined.at(-1)
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end)
    else joined.push({ ...span })
  }
  return joined
}
