import type { Candidate } from '../../finder/candidate.ts'
import { beginsPlace, isPlace, PLACE_WORDS } from './places.ts'
import type { Word } from './words.ts'

/** Units before a number that may call it a postcode. */
const BEFORE = 28
const LABEL =
  /\b(?:zip|zip ?codes?|post ?codes?|postal codes?|plz|postleitzahl|code postal|c[óo]digo postal|postnummer)(?: is|:|,)?\s{1,2}$/i
const DIGITS = /^\d{4,6}$/
const FIVE = /^\d{5}$/

/** Names of countries and cities. Returns, for each word, whether it is part of one. */
export function findPlaces(words: readonly Word[], found: Candidate[]): Uint8Array {
  const named = new Uint8Array(words.length)
  for (let at = 0; at < words.length; at++) {
    const { small, common, capital, number, start } = words[at]!
    if (number || !beginsPlace(small)) continue
    let name = ''
    for (let end = at; end < Math.min(words.length, at + PLACE_WORDS); end++) {
      if (end > at && words[end]!.gap !== ' ') break
      name = end === at ? small : `${name} ${words[end]!.small}`
      // `Turkey` is a country, and `turkey` is not.
      if (!isPlace(name) || (end === at && common && !capital)) continue
      found.push({ start, end: words[end]!.end, category: 'LOCATION', score: 0.62 })
      named.fill(1, at, end + 1)
    }
  }
  return named
}

/** Numbers that the words before them call a postcode, and five digits at a line's end after a place's name. */
export function findPostcodes(text: string, words: readonly Word[], named: Uint8Array, found: Candidate[]): void {
  for (let at = 0; at < words.length; at++) {
    const { start, end, small, number, gap } = words[at]!
    if (!number || !DIGITS.test(small)) continue
    const after = words[at + 1]
    const ends = after === undefined || after.gap.includes('\n')
    const placed = ends && gap === ' ' && named[at - 1] === 1 && FIVE.test(small)
    if (placed || LABEL.test(text.slice(Math.max(0, start - BEFORE), start)))
      found.push({ start, end, category: 'LOCATION', score: 0.63 })
  }
}
