import { isMisspelling } from '../language/misspelling.ts'
import type { Question, Word } from '../language/read.ts'

/** In so many words one slip is forgiven, in twice as many two; in long texts none, where nobody would notice it. */
const WORDS_PER_SLIP = 4
const MOST_SLIPS = 3
const LONGEST_WITH_SLIPS = 60
const SHORTEST_WITH_SLIPS = 3
/** Small they are other words: what is `us`, what is the `US`. */
const NAMES_BY_CAPITALS = new Set(
  'us it who aids polish turkey china may march august mark bill rich will jack frank grant rose'.split(' '),
)

/** Is it the same word, or the other number of the same noun? */
export function isSameWord(one: Word, other: Word): boolean {
  if (one.text === other.text) return !isOtherByCapitals(one, other)
  return (
    one.stem === other.stem &&
    one.kind === 'word' &&
    other.kind === 'word' &&
    !one.capital &&
    !other.capital &&
    !one.quoted &&
    !other.quoted
  )
}

/** Do both say the same words in the same order, up to slips of the hand? */
export function saySameWords(asked: Question, cached: Question): boolean {
  const [one, other] = [asked.words, cached.words]
  if (one.length !== other.length) return false
  const english =
    asked.english && cached.english && one.length >= SHORTEST_WITH_SLIPS && one.length <= LONGEST_WITH_SLIPS
  let slips = english ? Math.min(MOST_SLIPS, Math.max(1, Math.floor(one.length / WORDS_PER_SLIP))) : 0
  for (let at = 0; at < one.length; at++) {
    if (isSameWord(one[at]!, other[at]!)) continue
    if (slips === 0 || !isMisspelling(one[at]!, other[at]!)) return false
    slips--
  }
  return true
}

function isOtherByCapitals(one: Word, other: Word): boolean {
  return (
    one.capital !== other.capital &&
    !one.first &&
    !other.first &&
    one.cased &&
    other.cased &&
    NAMES_BY_CAPITALS.has(one.text)
  )
}
