/**
 * What each UTF-16 unit is to the tokeniser, and which letter it stands for. Folding is NFKD without marks and in small
 * letters, so that full-width, circled and accented letters read as plain ones at no cost.
 */

export const SPACE = 0
export const NEWLINE = 1
export const LETTER = 2
export const DIGIT = 3
export const MARK = 4
/** Letters of scripts that put no spaces between words. */
export const UNSPACED = 5
/** Takes no room: zero-width and bidirectional controls, accents, variation selectors. */
export const IGNORABLE = 6
export const SURROGATE = 7

export interface Alphabet {
  /** By UTF-16 unit: one of the constants above. */
  kinds: Uint8Array
  /** By UTF-16 unit: the unit it is read as. */
  folded: Uint16Array
}

const UNITS = 0x10000
/** Thai, Lao; Myanmar; Khmer; kana; ideographs; compatibility ideographs. */
const UNSPACED_RANGES = [
  [0x0e00, 0x0eff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
  [0x3040, 0x30ff],
  [0x31f0, 0x31ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
] as const
/** Ideographs, Hangul syllables and private use: as they are, and too many to look at one by one. */
const UNFOLDED_FROM = 0x3100
const UNFOLDED_TO = 0xfaff

let built: Alphabet | undefined

/** Made on first use: some milliseconds. */
export function alphabet(): Alphabet {
  built ??= build()
  return built
}

function build(): Alphabet {
  const kinds = new Uint8Array(UNITS).fill(MARK)
  const folded = new Uint16Array(UNITS)
  for (let unit = 0; unit < UNITS; unit++) {
    folded[unit] = unit
    if (unit >= UNFOLDED_FROM && unit <= UNFOLDED_TO) kinds[unit] = unit >= 0xac00 && unit <= 0xd7a3 ? LETTER : MARK
    else {
      const text = String.fromCharCode(unit)
      kinds[unit] = kindOf(unit, text)
      if (kinds[unit] === LETTER || kinds[unit] === DIGIT) folded[unit] = foldedUnit(text)
    }
  }
  kinds.fill(SURROGATE, 0xd800, 0xe000)
  for (const [from, to] of UNSPACED_RANGES) kinds.fill(UNSPACED, from, to + 1)
  // What folds to a letter is one: circled and other enclosed letters are symbols to Unicode.
  for (let unit = 0x2460; unit <= 0x24ff; unit++) {
    folded[unit] = foldedUnit(String.fromCharCode(unit))
    if (folded[unit]! < 0x80) kinds[unit] = folded[unit]! > 0x60 ? LETTER : DIGIT
  }
  return { kinds, folded }
}

function kindOf(unit: number, text: string): number {
  if (unit === 0x0a || unit === 0x0d || unit === 0x2028 || unit === 0x2029) return NEWLINE
  if (unit === 0xad || (unit >= 0x300 && unit <= 0x36f) || (unit >= 0xfe00 && unit <= 0xfe0f)) return IGNORABLE
  if (unit === 0x115f || unit === 0x1160 || unit === 0x3164 || unit === 0x180e || /\p{Cf}/u.test(text)) return IGNORABLE
  if (/\s/.test(text) || unit < 0x20) return SPACE
  if (/[\p{L}\p{M}]/u.test(text)) return LETTER
  return /\p{N}/u.test(text) ? DIGIT : MARK
}

function foldedUnit(text: string): number {
  const plain = text
    .normalize('NFKD')
    .replace(/^\W(?=\w)/u, '')
    .toLowerCase()
  return plain.length === 0 ? text.charCodeAt(0) : plain.charCodeAt(0)
}
