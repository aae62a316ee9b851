import { alphabet, DIGIT, IGNORABLE, LETTER, MARK, NEWLINE, SPACE, SURROGATE, UNSPACED } from './alphabet.ts'
import { type CueTable, cueTable, NO_CUE } from './cues.ts'
import { mix, WORD_SEED } from './hash.ts'

export const WORD = 1
export const NUMBER = 2
export const PUNCTUATION = 3
export const GLYPH = 4

/** Longer words are read as far as this; so are runs of one mark. */
const LONGEST_WORD = 32
const LONGEST_RUN = 4
const SHORTEST_STEM = 2
const NUMBER_HASH = 0x2545f491
const BACKSLASH = 0x5c
const ASTRAL_HASH = 0x68e31da4

/** The tokens of a text in parallel arrays, valid until the next call. Offsets are UTF-16 units. */
export interface Tokens {
  count: number
  start: Int32Array
  end: Int32Array
  /** `WORD`, `NUMBER`, `PUNCTUATION`, or `GLYPH` for a letter of a script without spaces. */
  kind: Uint8Array
  /** Of the folded token. Numbers are all alike. */
  hash: Int32Array
  /** Which family of cues it belongs to; `NO_CUE` for most. */
  cue: Uint8Array
  /** 1 where a line, 2 where a paragraph begins with it; 4 where space stands before it; 8 capital first, 16 all capitals. */
  flags: Uint8Array
  /** Folded letters of all words, and where each token's begin; token `i`'s end where those of `i + 1` begin. */
  letters: Uint16Array
  lettersFrom: Int32Array
}

export const AFTER_LINE = 1
export const AFTER_SPACE = 4
export const CAPITAL = 8
export const ALL_CAPITALS = 16

let scratch = allocate(4096)

function allocate(size: number): Tokens {
  return {
    count: 0,
    start: new Int32Array(size),
    end: new Int32Array(size),
    kind: new Uint8Array(size),
    hash: new Int32Array(size),
    cue: new Uint8Array(size),
    flags: new Uint8Array(size),
    letters: new Uint16Array(size),
    lettersFrom: new Int32Array(size + 1),
  }
}

/** Reads a text in one go, in time linear in its length. */
export function tokenise(text: string): Tokens {
  if (scratch.start.length < text.length + 1) scratch = allocate(2 * (text.length + 1))
  const { kinds } = alphabet()
  const cues = cueTable()
  const tokens = scratch
  tokens.count = 0
  tokens.lettersFrom[0] = 0
  let flags = AFTER_LINE
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at)
    const kind = kinds[unit]!
    if (unit === BACKSLASH && isEscapedSpace(text.charCodeAt(at + 1))) {
      flags |= AFTER_LINE
      at += 2
      continue
    }
    if (kind === SPACE || kind === NEWLINE || kind === IGNORABLE) {
      if (kind === SPACE) flags |= AFTER_SPACE
      else if (kind === NEWLINE) flags |= AFTER_LINE
      at++
      continue
    }
    const token = tokens.count++
    tokens.start[token] = at
    tokens.flags[token] = flags
    tokens.cue[token] = NO_CUE
    flags = 0
    at = READERS[kind]!(text, at, tokens, token, cues)
    tokens.end[token] = at
  }
  return tokens
}

/** Of `\\n`, `\\r` and `\\t`, as strings inside JSON have them. */
function isEscapedSpace(unit: number): boolean {
  return unit === 0x6e || unit === 0x72 || unit === 0x74
}

type Reader = (text: string, at: number, tokens: Tokens, token: number, cues: CueTable) => number

const READERS: Readonly<Record<number, Reader>> = {
  [LETTER]: readWord,
  [DIGIT]: readNumber,
  [MARK]: readMarks,
  [UNSPACED]: readGlyph,
  [SURROGATE]: readAstral,
}

/** Digits inside a word belong to it, an apostrophe between letters too; accents and invisible characters vanish. */
function readWord(text: string, from: number, tokens: Tokens, token: number, cues: CueTable): number {
  const { kinds, folded } = alphabet()
  const { letters } = tokens
  const first = tokens.lettersFrom[token]!
  let next = first
  let capitals = 0
  let hash = WORD_SEED
  let cue = NO_CUE
  let at = from
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const kind = kinds[unit]!
    if (kind === IGNORABLE) continue
    if (kind !== LETTER && kind !== DIGIT) {
      const apostrophe = unit === 0x27 || unit === 0x2019
      if (!apostrophe || at + 1 >= text.length || kinds[text.charCodeAt(at + 1)] !== LETTER) break
      continue
    }
    const plain = folded[unit]!
    if (plain !== unit && unit < 0x80) capitals++
    if (next - first < LONGEST_WORD) {
      letters[next++] = plain
      hash = mix(hash, plain)
      if (next - first >= SHORTEST_STEM) cue = cues.stem(hash) || cue
    }
  }
  const upper = text.charCodeAt(from)
  if (folded[upper] !== upper) tokens.flags[token]! |= CAPITAL
  if (capitals > 1 && capitals === next - first) tokens.flags[token]! |= ALL_CAPITALS
  tokens.kind[token] = WORD
  tokens.hash[token] = hash
  tokens.lettersFrom[token + 1] = next
  tokens.cue[token] = cues.word(hash) || cue
  return at
}

function readNumber(text: string, from: number, tokens: Tokens, token: number, cues: CueTable): number {
  const { kinds } = alphabet()
  let at = from
  let kind = DIGIT as number
  while (at < text.length && (kind === DIGIT || kind === IGNORABLE)) kind = kinds[text.charCodeAt(++at)] ?? SPACE
  // `1gnore` is a word that begins with a digit.
  if (kind === LETTER && at - from <= 2) return readWord(text, from, tokens, token, cues)
  tokens.kind[token] = NUMBER
  tokens.hash[token] = mix(NUMBER_HASH, Math.min(at - from, 5))
  tokens.lettersFrom[token + 1] = tokens.lettersFrom[token]!
  return at
}

function readMarks(text: string, from: number, tokens: Tokens, token: number): number {
  const unit = text.charCodeAt(from)
  let at = from + 1
  while (at < text.length && text.charCodeAt(at) === unit) at++
  tokens.kind[token] = PUNCTUATION
  tokens.hash[token] = mix(unit, Math.min(at - from, LONGEST_RUN))
  tokens.lettersFrom[token + 1] = tokens.lettersFrom[token]!
  return at
}

function readGlyph(text: string, at: number, tokens: Tokens, token: number, cues: CueTable): number {
  tokens.kind[token] = GLYPH
  tokens.hash[token] = mix(WORD_SEED, text.charCodeAt(at))
  tokens.lettersFrom[token + 1] = tokens.lettersFrom[token]!
  tokens.cue[token] = cues.ofGlyphs(text, at)
  return at + 1
}

/** Emoji and other letters beyond the first plane; mathematical letters are made plain in a view of their own. */
function readAstral(text: string, at: number, tokens: Tokens, token: number): number {
  tokens.kind[token] = PUNCTUATION
  tokens.hash[token] = ASTRAL_HASH
  tokens.lettersFrom[token + 1] = tokens.lettersFrom[token]!
  return at + (text.codePointAt(at)! > 0xffff ? 2 : 1)
}
