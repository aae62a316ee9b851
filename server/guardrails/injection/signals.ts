import { looksTurned, REVERSED, ROTATED } from './turned.ts'

/** What a text might have to be decoded from: cheap to see, and to be looked at closely only where it is `true`. */
export interface Signals {
  escapes: boolean
  /** Single letters in a row. */
  spelled: boolean
  rotated: boolean
  reversed: boolean
  /** Letters that are not what they look like. */
  alike: boolean
}

const LETTER = 1
const ESCAPE = 32
const LEET = 64

const CLASSES = new Uint8Array(128)
for (let unit = 0; unit < 128; unit++) {
  const sign = String.fromCharCode(unit)
  if (/[a-z]/i.test(sign)) CLASSES[unit]! |= LETTER
  if (/[%&\\]/.test(sign)) CLASSES[unit]! |= ESCAPE
  if (/[013457@$!|+8]/.test(sign)) CLASSES[unit]! |= LEET
}

const FEWEST_SINGLE = 6
const FEWEST_ESCAPES = 3
const FEWEST_TURNED = 2
const FEWEST_LEET = 3
/** Single letters further apart than this are not one word spelled out. */
const WIDEST_GAP = 4

/** One pass over the text. */
export function signalsOf(text: string): Signals {
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
    before = bits
  }
  return {
    escapes: escapes >= FEWEST_ESCAPES,
    spelled: singleMost >= FEWEST_SINGLE,
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
