import { cueNumber, NO_CUE } from './cues.ts'
import {
  AFTER_LINE,
  AFTER_SPACE,
  ALL_CAPITALS,
  CAPITAL,
  GLYPH,
  NUMBER,
  PUNCTUATION,
  type Tokens,
  WORD,
} from './tokens.ts'

/** What kind of writing a segment is. */
export const TINY = 0
export const STATEMENT = 1
export const QUESTION = 2
export const CODE = 3
export const ORDER = 4
export const FIGURES = 5

/** What kind of text the whole is. */
export const PROSE_TEXT = 0
export const TABLE_TEXT = 1
export const JSON_TEXT = 2
export const CODE_TEXT = 3
export const MARKUP_TEXT = 4

/** A longer sentence is several segments. */
const LONGEST = 48
/** Fewer words say little on their own. */
const FEWEST_WORDS = 3

/** Sentences, lines, cells and strings of a text: the pieces an instruction may fill. */
export interface Segments {
  count: number
  /** The token each begins with; `from[count]` is the number of tokens. */
  from: Int32Array
  kind: Uint8Array
  textKind: number
}

const ENDS = setOf('.!?。！？…।؟')
const QUESTION_MARKS = setOf('?？؟')
const STRUCTURE = setOf(':,{}[]')
const CODE_MARKS = setOf('(){}[];=<>_$&*+/\\')
const BRACES = setOf('{}[]":,')
const QUOTE = 0x22
const BAR = 0x7c
const LESS = 0x3c
const GREATER = 0x3e

/** Families that an order begins with. */
const ORDER_CUES: ReadonlySet<number> = new Set(
  (
    [
      'ignore',
      'reveal',
      'send',
      'pay',
      'destroy',
      'open',
      'plan',
      'make',
      'look',
      'change',
      'please',
      'say',
      'persona',
    ] as const
  ).map(cueNumber),
)

let scratch = { from: new Int32Array(1025), kind: new Uint8Array(1024) }

/** Valid until the next call. */
export function segment(text: string, tokens: Tokens): Segments {
  if (scratch.kind.length < tokens.count + 1)
    scratch = { from: new Int32Array(2 * tokens.count + 3), kind: new Uint8Array(2 * tokens.count + 2) }
  const { from, kind } = scratch
  let count = 0
  for (let token = 0; token < tokens.count; token++)
    if (token === 0 || token - from[count - 1]! >= LONGEST || isBoundary(text, tokens, token)) from[count++] = token
  from[count] = tokens.count
  for (let index = 0; index < count; index++) kind[index] = kindOf(text, tokens, from[index]!, from[index + 1]!)
  return { count, from, kind, textKind: textKindOf(text, tokens) }
}

function isBoundary(text: string, tokens: Tokens, token: number): boolean {
  const flags = tokens.flags[token]!
  if (flags & AFTER_LINE) return true
  const here = tokens.kind[token] === PUNCTUATION ? text.charCodeAt(tokens.start[token]!) : 0
  const previous = token - 1
  const before = tokens.kind[previous] === PUNCTUATION ? text.charCodeAt(tokens.end[previous]! - 1) : 0
  if (before === 0) return here === BAR || (here === LESS && isTag(text, tokens.end[token]!))
  if (ENDS.has(before)) return (flags & AFTER_SPACE) !== 0 || tokens.kind[token] === GLYPH || before > 0x3000
  if (before === BAR || before === GREATER) return true
  if (here === QUOTE && STRUCTURE.has(before)) return true
  return before === QUOTE && here !== 0 && STRUCTURE.has(here)
}

/** Does a mark-up tag's name, or its end's, begin here? */
function isTag(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit === 0x2f || unit === 0x21 || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a)
}

function kindOf(text: string, tokens: Tokens, from: number, to: number): number {
  let words = 0
  let figures = 0
  let code = 0
  let first = -1
  let question = false
  for (let token = from; token < to; token++) {
    const kind = tokens.kind[token]!
    if (kind === WORD || kind === GLYPH) {
      words++
      if (first < 0) first = token
    } else if (kind === NUMBER) figures++
    else {
      const unit = text.charCodeAt(tokens.start[token]!)
      if (CODE_MARKS.has(unit)) code++
      if (QUESTION_MARKS.has(unit)) question = true
    }
  }
  if (code > 1 && code * 4 > words) return CODE
  if (words < FEWEST_WORDS) return figures > words ? FIGURES : TINY
  if (figures > words) return FIGURES
  if (question) return QUESTION
  return ORDER_CUES.has(tokens.cue[first] ?? NO_CUE) ? ORDER : STATEMENT
}

function textKindOf(text: string, tokens: Tokens): number {
  let bars = 0
  let braces = 0
  let code = 0
  let tags = 0
  for (let token = 0; token < tokens.count; token++) {
    if (tokens.kind[token] !== PUNCTUATION) continue
    const unit = text.charCodeAt(tokens.start[token]!)
    if (unit === BAR) bars++
    else if (unit === LESS && isTag(text, tokens.end[token]!)) tags++
    if (BRACES.has(unit)) braces++
    if (CODE_MARKS.has(unit)) code++
  }
  const { count } = tokens
  if (bars > 5 && bars * 12 > count) return TABLE_TEXT
  if (tags > 3 && tags * 20 > count) return MARKUP_TEXT
  if (braces > 7 && braces * 4 > count) return JSON_TEXT
  return code > 5 && code * 6 > count ? CODE_TEXT : PROSE_TEXT
}

/** How it is written: 0, mostly in capitals; 1, beginning with one; 2, small. */
export function caseOf(tokens: Tokens, from: number, to: number): number {
  let words = 0
  let capitals = 0
  for (let token = from; token < to; token++) {
    if (tokens.kind[token] !== WORD) continue
    words++
    if (tokens.flags[token]! & ALL_CAPITALS) capitals++
  }
  if (words > 2 && capitals * 2 > words) return 0
  return tokens.flags[from]! & CAPITAL ? 1 : 2
}

/** Membership by UTF-16 unit; all marks in question are below U+10000. */
function setOf(marks: string): { has(unit: number): boolean } {
  const table = new Uint8Array(0x10000)
  for (const mark of marks) table[mark.charCodeAt(0)] = 1
  return { has: (unit) => table[unit] === 1 }
}
