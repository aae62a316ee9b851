import { cueNumber, NO_CUE } from './cues.ts'
import { type FeatureSink, TAG } from './feature-sink.ts'
import { bucketOf, mix } from './hash.ts'
import { caseOf, type Segments } from './segments.ts'
import { NUMBER, PUNCTUATION, type Tokens } from './tokens.ts'

/** So far into a segment it is looked what it holds. */
const CONTAINS_LIMIT = 64
const ORDER_REACH = 6
const [ME, YOU, USER, MODEL] = [cueNumber('me'), cueNumber('you'), cueNumber('user'), cueNumber('model')]
/** Families that come before what is ordered. */
const POLITE: ReadonlySet<number> = new Set(
  (['please', 'ask', 'you', 'me', 'now', 'always', 'all'] as const).map(cueNumber),
)

/** What a segment is among its neighbours, how it begins and what it holds. */
export function emitSegment(text: string, tokens: Tokens, segments: Segments, index: number, sink: FeatureSink): void {
  const from = segments.from[index]!
  const to = segments.from[index + 1]!
  const { kind, textKind } = segments
  const here = kind[index]! + 8 * textKind
  const before = index === 0 ? 7 : kind[index - 1]!
  const after = index + 1 === segments.count ? 7 : kind[index + 1]!
  addShape(sink, from, 1, here)
  addShape(sink, from, 2, here * 64 + before * 8 + after)
  addShape(sink, from, 3, here * 3 + caseOf(tokens, from, to))
  let first = from
  while (first < to && tokens.kind[first] === PUNCTUATION) first++
  if (first < to) {
    sink.add(from, bucketOf(mix(tokens.hash[first]!, TAG.opening)))
    addShape(sink, from, 4, here * 64 + tokens.cue[first]!)
    if (first + 1 < to) {
      sink.add(from, bucketOf(mix(mix(tokens.hash[first]!, tokens.hash[first + 1]!), TAG.openingPair)))
      addShape(sink, from, 5, mix(tokens.cue[first]!, tokens.cue[first + 1]!))
    }
  }
  const held = contents(text, tokens, from, to)
  emitOrder(tokens, from, to, held, segments.textKind, sink)
  for (let bit = 0; bit < CONTENT_BITS; bit++) if (held & (1 << bit)) addShape(sink, from, 10 + bit, here)
}

/** What is ordered, of whose things, and with an address or an amount: orders are alike in this whatever they name. */
function emitOrder(tokens: Tokens, from: number, to: number, held: number, textKind: number, sink: FeatureSink): void {
  let order = NO_CUE
  for (let token = from; token < to && token < from + ORDER_REACH; token++) {
    const cue = tokens.cue[token]!
    if (cue === NO_CUE || POLITE.has(cue)) continue
    order = cue
    break
  }
  if (order === NO_CUE) return
  let whose = 0
  const last = Math.min(to, from + CONTAINS_LIMIT)
  for (let token = from; token < last; token++) {
    const cue = tokens.cue[token]!
    if (cue === ME) whose |= 1
    else if (cue === YOU) whose |= 2
    else if (cue === USER) whose |= 4
    else if (cue === MODEL) whose |= 8
  }
  const object = held & (ADDRESS | LINK | AMOUNT)
  addShape(sink, from, 30, mix(order, object))
  addShape(sink, from, 31, mix(order, whose + 16))
  addShape(sink, from, 32, mix(mix(order, whose), object + 1024))
  addShape(sink, from, 33, mix(mix(order, whose), textKind + 2048))
}

function addShape(sink: FeatureSink, token: number, tag: number, value: number): void {
  sink.add(token, bucketOf(mix(mix(value, tag), TAG.shape)))
}

/** Bits of `contents`. */
const CONTENT_BITS = 7
const ADDRESS = 1
const LINK = 2
const AMOUNT = 4
const QUOTED = 8
const STRESSED = 16
const ODD = 32
const VERY_ODD = 64

/** Things that orders are about: addresses, links, amounts; and marks that frame or stress them. */
function contents(text: string, tokens: Tokens, from: number, to: number): number {
  let held = 0
  let odd = 0
  const last = Math.min(to, from + CONTAINS_LIMIT)
  for (let token = from; token < last; token++) {
    const length = tokens.end[token]! - tokens.start[token]!
    if (tokens.kind[token] === NUMBER && length > 7) held |= AMOUNT
    if (tokens.kind[token] !== PUNCTUATION) continue
    const unit = text.charCodeAt(tokens.start[token]!)
    if (unit === 0x40) held |= ADDRESS
    else if (unit === 0x2f && length > 1) held |= LINK
    else if (unit === 0x24 || unit === 0x20ac || unit === 0xa3) held |= AMOUNT
    else if (unit === 0x22 || unit === 0x27 || unit === 0x60) held |= QUOTED
    else if (unit === 0x21 && length > 1) held |= STRESSED
    if (!isOrdinary(unit)) odd++
  }
  if (odd * 5 > last - from) held |= ODD
  if (odd * 3 > last - from) held |= VERY_ODD
  return held
}

/** Marks that sentences have. */
export function isOrdinary(unit: number): boolean {
  return unit < 0x80
    ? ORDINARY_ASCII[unit] === 1
    : (unit >= 0x2010 && unit <= 0x2027) || (unit >= 0x3000 && unit <= 0x3002) || (unit >= 0xff01 && unit <= 0xff1f)
}

const ORDINARY_ASCII = new Uint8Array(128)
for (const mark of '.,;:!?\'"-()') ORDINARY_ASCII[mark.charCodeAt(0)] = 1
