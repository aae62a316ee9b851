import { isCommonWord } from '../../../core/lexicon.ts'
import { GIVEN_NAMES } from './given-names.ts'
import { NO_NAMES, PARTICLES, ROOM, STREET, TITLES } from './kinds.ts'
import { LONGEST_WORD, nextToken } from './tokens.ts'

/** A word or a number of a text, with what stands before it. */
export interface Word {
  start: number
  end: number
  /** In small letters; empty where it is too long for a name or a number of an address. */
  small: string
  /** Since the word before: one space, or whatever else. */
  gap: string
  number: boolean
  capital: boolean
  /** An English word that names nobody. */
  common: boolean
  given: boolean
  /** First of a sentence or a line, where capitals say nothing. */
  first: boolean
  /** Where the nearest word with a capital begins, this one or one before. */
  capitalAt: number
}

const CAPITAL = /\p{Lu}/u
const CAPITAL_FIRST = /^\p{Lu}/u
const NUMBER = /^\p{N}/u
const ABBREVIATION = /^(?:\p{Lu}|mrs?|ms|dr|prof|st|rev|ltd|inc|corp|co|apt|str|ul|jr|sr)\.$/iu
const POSSESSIVE = /['’]s$/i
const SENTENCE = /[.!?…:;"“”>\n(][\s"“”'>]{0,4}$/
/** Units before a word that say how it stands to the one before. */
const GAP = 12

export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let last = 0
  let capitalAt = Number.NEGATIVE_INFINITY
  for (let token = nextToken(text, 0); token !== null; token = nextToken(text, token.end)) {
    const { start } = token
    const raw = text.slice(start, token.end)
    const value = withoutEnding(raw)
    const long = raw.length > LONGEST_WORD
    const small = long ? '' : value.toLowerCase()
    const number = !long && NUMBER.test(value)
    const gap = text.slice(Math.max(last, start - GAP), start)
    if (!number && CAPITAL.test(value)) capitalAt = start
    words.push({
      start,
      end: start + value.length,
      small,
      gap,
      number,
      capital: !long && CAPITAL_FIRST.test(value),
      common: !number && !long && isOrdinary(small),
      capitalAt,
      given: GIVEN_NAMES.has(small),
      first: start === 0 || (gap !== ' ' && SENTENCE.test(gap)),
    })
    last = start + value.length
  }
  return words
}

/** Without the full stop of a sentence, and without a possessive's `s`. */
function withoutEnding(raw: string): string {
  if (raw.endsWith('.')) {
    const ends = raw.indexOf('.') === raw.length - 1 && !ABBREVIATION.test(raw)
    return ends ? raw.slice(0, -1) : raw
  }
  return raw.endsWith('s') || raw.endsWith('S') ? raw.replace(POSSESSIVE, '') : raw
}

/** What was asked lately: most words of a text stand in it more than once. */
const ordinary = new Map<string, boolean>()
const REMEMBERED = 20_000

function isOrdinary(small: string): boolean {
  let known = ordinary.get(small)
  if (known === undefined) {
    known = isWordOfSpeech(small)
    if (ordinary.size >= REMEMBERED) ordinary.clear()
    ordinary.set(small, known)
  }
  return known
}

function isWordOfSpeech(small: string): boolean {
  if (NO_NAMES.has(small) || TITLES.has(small) || small.length === 1) return true
  const plain = small.replace(/[’']/g, "'").normalize('NFD').replace(/\p{M}/gu, '')
  if (/'(?:s|t|d|m|ll|re|ve)$/.test(plain)) return true
  if (/[^\p{ASCII}]/u.test(plain)) return false
  // `start-up`: no name that a list lacks, if its parts are words.
  const parts = plain.split('-')
  return parts.every((part) => isCommonWord(part) || (part.endsWith('s') && isCommonWord(part.slice(0, -1))))
}

/** Whether the word may be part of a name, given how the text around it is written. */
export function isNameLike(word: Word, small: boolean): boolean {
  if (word.number || word.small === '' || NO_NAMES.has(word.small)) return false
  if (word.given) return word.capital || small
  if (word.capital) return !word.common || (!word.first && word.end - word.start > 1)
  return small && !word.common && word.end - word.start > 2
}

export function isParticle(word: Word): boolean {
  return PARTICLES.has(word.small)
}

/** `Apt. 4`: part of a building. */
export function isRoom(words: readonly Word[], at: number): boolean {
  return ROOM.test(words[at]!.small) && words[at + 1]?.number === true
}

/** A word of a sentence, none of a name or an address. */
export function isSpeech(word: Word): boolean {
  if (!word.common || word.capital || word.number || isParticle(word)) return false
  return !STREET.test(word.small) && !ROOM.test(word.small)
}
