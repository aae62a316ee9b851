import { isCommonWord, isKnownWord } from '../../core/lexicon.ts'
import { NUMBER_WORDS } from './numbers.ts'
import type { Word } from './read.ts'
import { isOneSlip } from './slip.ts'
import { UNIT_WORDS, unitNamed } from './units.ts'

const SHORTEST = 5
const LETTERS = /^[a-z]+$/
/** Words that are sometimes only a slip apart from each other, and always mean something else. */
const CALENDAR =
  'monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december'.split(
    ' ',
  )
const CALENDAR_WORDS = new Set(CALENDAR)
const MEASURES = [...new Set([...CALENDAR, ...NUMBER_WORDS, ...UNIT_WORDS])].filter((word) => LETTERS.test(word))
const MEASURE_WORDS = new Set(MEASURES)
/** A new sentence hides whether a word is a name; these begin many and are none. */
const OPENERS = new Set(
  `what which where when whose could would should shall please explain describe translate convert calculate compute write
list give show compare summarize define recommend suggest provide create generate tell there these those does many much
about after before since while under`.split(/\s+/),
)
/** With another vowel in one of these a chemist or a doctor means another thing: butane, butene. */
const TELLING_ENDING = /(?:[aeiouy](?:ne|te|de|se|l|m)?)$/
const PREFIXES = 'ab ad pre pro per in en an un on em ef af'.split(' ')
const VOWELS = 'aeiou'

/**
 * Is one of the two the other one misspelt? Only when they are a single slip apart (a letter too much, too few,
 * wrong, or two swapped: Damerau 1964), one is a word that everybody knows, and the other is no word, no name and no
 * term at all. Names are never misspelt, numbers, units and dates only where no other is as near, and of a short word
 * every letter counts.
 */
export function isMisspelling(one: Word, other: Word): boolean {
  if (one.quoted || other.quoted) return false
  if (Math.abs(one.raw.length - other.raw.length) > 1 || one.raw === other.raw) return false
  if (!LETTERS.test(one.raw) || !LETTERS.test(other.raw) || !isOneSlip(one.raw, other.raw)) return false
  const [oneKnown, otherKnown] = [isKnownWord(one.raw), isKnownWord(other.raw)]
  if (oneKnown === otherKnown) return false
  const [word, slip] = oneKnown ? [one.raw, other.raw] : [other.raw, one.raw]
  if ((one.capital || other.capital) && !CALENDAR_WORDS.has(word)) return false
  if ((one.first || other.first) && !OPENERS.has(word)) return false
  return isForgivable(word, slip)
}

function isForgivable(word: string, slip: string): boolean {
  if (word.length < SHORTEST || !(isCommonWord(word) || CALENDAR_WORDS.has(word))) return false
  if (MEASURE_WORDS.has(word)) return MEASURES.every((each) => isSameMeasure(each, word) || !isOneSlip(each, slip))
  let at = 0
  while (word[at] === slip[at]) at++
  if (slip.length < word.length) return true
  if (slip.length > word.length) {
    // At either end a letter too much makes a name or a form of the word, unless it was only typed twice.
    return (at > 0 && at < word.length) || slip[at] === slip[at - 1] || slip[at] === slip[at + 1]
  }
  return word[at] === slip[at + 1] || isHarmlessLetter(word, slip, at)
}

function isSameMeasure(one: string, other: string): boolean {
  return one === other || (unitNamed(one) !== null && unitNamed(one) === unitNamed(other))
}

/** One wrong letter: not the first or the last, not one that makes another prefix or another ending. */
function isHarmlessLetter(word: string, slip: string, at: number): boolean {
  if (at === 0 || at === word.length - 1) return false
  const vowels = VOWELS.includes(word[at]!) && VOWELS.includes(slip[at]!)
  if (vowels && [word, slip].every((each) => at >= (TELLING_ENDING.exec(each)?.index ?? each.length))) return false
  const begins = (text: string) => PREFIXES.find((prefix) => prefix.length > at && text.startsWith(prefix))
  return begins(word) === undefined || begins(slip) === undefined
}
