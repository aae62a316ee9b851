import { looksTurned, REVERSED, ROTATED } from './turned.ts'

/** What a text might have to be decoded from: cheap to see, and to be looked at closely only where it is `true`. */
export interface Signals {
  base64: boolean
  /** Digits in pairs, codes or bits. */
  digits: boolean
  morse: boolean
  escapes: boolean
  /** Single letters in a row. */
  spelled: boolean
  /** Words without spaces between them. */
  glued: boolean
  rotated: boolean
  reversed: boolean
  /** Letters that are not what they look like. */
  alike: boolean
}

const LETTER = 1
const BASE64 = 2
const DIGITS = 4
const MORSE = 8
const GLUE = 16
const ESCAPE = 32
const LEET = 64

const CLASSES = new Uint8Array(128)
for (let unit = 0; unit < 128; unit++) {
  const sign = String.fromCharCode(unit)
  if (/[a-z]/i.test(sign)) CLASSES[unit]! |= LETTER
  if (/[a-z0-9+/_-]/i.test(sign)) CLASSES[unit]! |= BASE64
  if (/[0-9a-f :,\\x]/i.test(sign)) CLASSES[unit]! |= DIGITS
  if (/[./ |-]/.test(sign)) CLASSES[unit]! |= MORSE
  if (/[a-z_.*+-]/i.test(sign)) CLASSES[unit]! |= GLUE
  if (/[%&\\]/.test(sign)) CLASSES[unit]! |= ESCAPE
  if (/[013457@$!|+8]/.test(sign)) CLASSES[unit]! |= LEET
}

const LONG_RUN = 20
const GLUED_RUN = 14
const FEWEST_SINGLE = 6
const FEWEST_ESCAPES = 3
const FEWEST_TURNED = 2
const FEWEST_LEET = 3
/** Single letters further apart than this are not one word spelled out. */
const WIDEST_GAP = 4

/** One pass over the text. */
export function signalsOf(text: string): Signals {
  let base64Run = 0
  let base64Longest = 0
  let digitRun = 0
  let digitLongest = 0
  let morseRun = 0
  let morseLongest = 0
  let glueRun = 0
  let glueLongest = 0
  let escapes = 0
  let leet = 0
  let foreign = 0
  let letters = 0
  let gap = 0
  let single = 0
  let singleMost = 0
  let hash = 0
  let rotated = 0
  let reversed = 0
  let before = 0
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : 0x20
    const bits = unit < 128 ? CLASSES[unit]! : isForeign(unit) ? LETTER : 0
    if (unit >= 128 && bits !== 0) foreign++
    if (bits & LETTER) {
      if (letters === 0 && gap > WIDEST_GAP) single = 0
      letters++
      gap = 0
      hash = (Math.imul(hash, 31) + (unit | 0x20)) | 0
      if (before & LEET) leet++
    } else {
      if (letters === 1) {
        single++
        if (single > singleMost) singleMost = single
      } else if (letters > 1) {
        single = 0
        const turned = looksTurned(hash)
        if (turned === ROTATED) rotated++
        else if (turned === REVERSED) reversed++
      }
      letters = 0
      gap++
      hash = 0
      if (bits & ESCAPE) escapes++
    }
    if (bits & BASE64) base64Run++
    else {
      if (base64Run > base64Longest) base64Longest = base64Run
      base64Run = 0
    }
    if (bits & DIGITS) digitRun++
    else {
      if (digitRun > digitLongest) digitLongest = digitRun
      digitRun = 0
    }
    if (bits & MORSE) morseRun++
    else {
      if (morseRun > morseLongest) morseLongest = morseRun
      morseRun = 0
    }
    if (bits & GLUE) glueRun++
    else {
      if (glueRun > glueLongest) glueLongest = glueRun
      glueRun = 0
    }
    before = bits
  }
  return {
    base64: base64Longest >= LONG_RUN || base64Run >= LONG_RUN,
    digits: digitLongest >= LONG_RUN || digitRun >= LONG_RUN,
    morse: morseLongest >= LONG_RUN || morseRun >= LONG_RUN,
    escapes: escapes >= FEWEST_ESCAPES,
    spelled: singleMost >= FEWEST_SINGLE,
    glued: glueLongest >= GLUED_RUN || glueRun >= GLUED_RUN,
    rotated: rotated >= FEWEST_TURNED,
    reversed: reversed >= FEWEST_TURNED,
    alike: foreign > 0 || leet >= FEWEST_LEET,
  }
}

/** Greek, Cyrillic, phonetic and small letters, enclosed and mathematical ones, tags, punctuation that looks like a letter. */
function isForeign(unit: number): boolean {
  if (unit < 0x250) return unit === 0xa1 || unit === 0xa2 || unit === 0xd7
  if (unit < 0x600) return true
  return (
    (unit >= 0x1d00 && unit < 0x1dc0) ||
    (unit >= 0x2020 && unit < 0x2300) ||
    unit === 0xd835 ||
    unit === 0xd83c ||
    unit === 0xdb40
  )
}
