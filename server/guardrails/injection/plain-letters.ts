import { CONFUSABLES, isLeet, LEET } from './look-alikes.ts'
import { MappedText } from './offset-map.ts'
import type { View } from './view.ts'

/** So many disguised words, with no more than `FARTHEST` others between two, make a disguised text. */
const FEWEST = 3
const FARTHEST = 6
const TAGS_FROM = 0xe0000
const TAGS_TO = 0xe007f

/**
 * Letters that look like Latin ones made Latin: mathematical and enclosed ones, Cyrillic and Greek ones in words that
 * are partly Latin, digits and signs that stand for letters, invisible tag characters. `null`: there are none.
 */
export function plainView(text: string): View | null {
  if (!isDisguised(text)) return null
  const mapped = new MappedText(text.length)
  for (let at = 0; at < text.length; ) {
    let end = at
    while (end < text.length && !isGap(text.charCodeAt(end))) end++
    if (isPlain(text, at, end)) mapped.copy(text, at, end)
    else addWord(text, at, end, mapped)
    mapped.copy(text, end, Math.min(end + 1, text.length))
    at = end + 1
  }
  return { name: 'look-alike letters', text: mapped.text(), original: mapped.original }
}

/** Spaces, controls and line ends. */
function isGap(unit: number): boolean {
  return unit <= 0x20 || unit === 0xa0
}

/** Counts words that mix Latin letters with what looks like them. */
function isDisguised(text: string): boolean {
  let words = 0
  let others = 0
  let latin = 0
  let alike = 0
  let leet = 0
  for (let at = 0; at <= text.length; at++) {
    const unit = at < text.length ? text.charCodeAt(at) : 0x20
    if (isGap(unit)) {
      if ((alike > 0 && (latin > 0 || alike > 3)) || (leet > 0 && latin > 1 && leet <= 2 * latin)) {
        words++
        others = 0
      } else if (latin > 0 && ++others > FARTHEST) words = 0
      if (words >= FEWEST) return true
      latin = alike = leet = 0
    } else if ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) latin++
    else if (unit === 0xdb40) return true
    else if (unit === 0xd835 || unit === 0xd83c) alike += isAstralLetter(text, at) ? 1 : 0
    else if (unit > 0x7f ? CONFUSABLES.has(unit) : isLeet(unit) && isInside(text, at)) unit > 0x7f ? alike++ : leet++
  }
  return false
}

/** A sign stands for a letter only beside one: not at the end of a sentence, in an address or in a list of figures. */
function isInside(text: string, at: number): boolean {
  return (
    isWordUnit(text.charCodeAt(at + 1)) &&
    (at === 0 || isGap(text.charCodeAt(at - 1)) || isWordUnit(text.charCodeAt(at - 1)))
  )
}

function isWordUnit(unit: number): boolean {
  const small = unit | 0x20
  return (small >= 0x61 && small <= 0x7a) || isLeet(unit)
}

function isAstralLetter(text: string, at: number): boolean {
  const point = text.codePointAt(at)!
  return (point >= 0x1d400 && point <= 0x1d7ff) || (point >= 0x1f110 && point <= 0x1f1ff)
}

/** Are there letters only, or marks that stand for none? */
function isPlain(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at)
    if (unit > 0x7f || isLeet(unit)) return false
  }
  return true
}

function addWord(text: string, from: number, to: number, mapped: MappedText): void {
  const hasLatin = /[a-z]/i.test(text.slice(from, to))
  for (let at = from; at < to; ) {
    const point = text.codePointAt(at)!
    const size = point > 0xffff ? 2 : 1
    mapped.add(plainLetter(text, at, point, hasLatin), at, at + size)
    at += size
  }
}

function plainLetter(text: string, at: number, point: number, hasLatin: boolean): string {
  if (point >= TAGS_FROM && point <= TAGS_TO) return String.fromCharCode(Math.max(0x20, point - TAGS_FROM))
  if (point >= 0x1f1e6 && point <= 0x1f1ff) return String.fromCharCode(point - 0x1f1e6 + 0x61)
  if (point > 0xffff) return String.fromCodePoint(point).normalize('NFKC').replace(/[()]/g, '')
  if (point > 0x7f) return CONFUSABLES.get(point) ?? text[at]!
  return hasLatin && isLeet(point) && (isWordUnit(text.charCodeAt(at - 1)) || isWordUnit(text.charCodeAt(at + 1)))
    ? LEET[point]!
    : text[at]!
}
