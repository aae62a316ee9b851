import type { Candidate } from '../../finder/candidate.ts'
import type { Finder } from '../finder.ts'
import { findStreets } from './addresses.ts'
import { findFirms } from './firms.ts'
import {
  COMPANY,
  EMPLOYER_AFTER,
  EMPLOYER_BEFORE,
  NEVER_FIRST,
  ORGANIZATION_AFTER,
  ORGANIZATION_BEFORE,
  PERSON_AFTER,
  PERSON_BEFORE,
  PLACE_BEFORE,
  STREET_WORD,
  TITLES,
} from './kinds.ts'
import { findPlaces, findPostcodes } from './place-names.ts'
import { isPlace } from './places.ts'
import { endOfRun, isSmall, LONGEST_RUN } from './runs.ts'
import { type Word, wordsOf } from './words.ts'

/** Units before a name that say what it names, and after it. */
const BEFORE = 32
const AFTER = 24
const UNITS = 120

/** Where runs of names stand, and in what. */
interface Reading {
  text: string
  words: readonly Word[]
  /** Indices of words where addresses begin that stand on lines of their own. */
  letterheads: ReadonlySet<number>
}

/** Names of people, places and organisations, by lists, the shape of words and the words beside them. */
export function nameFinder(types: ReadonlySet<string>): Finder {
  return (text, found) => {
    const words = wordsOf(text)
    const proposed: Candidate[] = []
    const named = findPlaces(words, proposed)
    findPostcodes(text, words, named, proposed)
    const letterheads = findStreets(words, named, proposed)
    const reading = { text, words, letterheads }
    findFirms(words, proposed, (from, to) => isEmployer(reading, from, to) || isOnLetterhead(reading, from, to))
    for (let at = 0; at < words.length; ) {
      const end = endOfRun(words, at)
      if (end === at) at++
      else {
        if (end - at <= LONGEST_RUN && words[end - 1]!.end - words[at]!.start <= UNITS)
          proposed.push(...classify(reading, at, end))
        at = end
      }
    }
    for (const candidate of proposed) if (types.has(candidate.category)) found.push(candidate)
  }
}

/** What a run of names from one word up to another is, if anything. */
function classify(reading: Reading, from: number, to: number): Candidate[] {
  const { text, words } = reading
  const run = words.slice(from, to)
  const [first, last, before] = [run[0]!, run.at(-1)!, words[from - 1]]
  const is = (category: string, score: number, start = first.start, end = last.end) => [{ start, end, category, score }]
  const lead = text.slice(Math.max(0, first.start - BEFORE), first.start)
  const tail = text.slice(last.end, last.end + AFTER)
  const titled = before !== undefined && TITLES.has(before.small) && before.gap !== ''
  const street = run.findIndex(({ small }, index) => index > 0 && STREET_WORD.test(small))
  if (run.some(({ small }) => COMPANY.has(small)) && (run.length > 1 || isLed(words, from)))
    return is('ORGANIZATION', 0.66, companyStart(words, from))
  if (isEmployer(reading, from, to - 1)) return is('ORGANIZATION', 0.6, companyStart(words, from))
  if (
    isOnLetterhead(reading, from, to - 1) &&
    !first.given &&
    !titled &&
    (run.length !== 2 || run.some(({ common }) => common))
  )
    return is('ORGANIZATION', 0.6)
  if (titled) return is('PERSON', 0.68)
  if (street > 0 && !first.common) return is('LOCATION', 0.675, first.start, run[street]!.end)
  const given = isSmall(first)
    ? Math.max(
        0,
        run.findIndex((word) => word.given),
      )
    : 0
  if (run[given]!.given && !isPlace(run.map(({ small }) => small).join(' ')))
    return is('PERSON', run.length - given > 1 ? 0.67 : 0.6, run[given]!.start)
  // `Cautionary Tales`: a title.
  if (run.every(({ common, given }) => common && !given)) return []
  if (run.every(({ start, end }) => isCode(text.slice(start, end)))) return []
  if (PERSON_BEFORE.test(lead) && !/\b(?:to|at)\s$/i.test(lead)) return is('PERSON', 0.58)
  if (PLACE_BEFORE.test(lead)) return is('LOCATION', 0.56)
  if (PERSON_AFTER.test(tail) || (run.length > 1 && run.length < 4)) return is('PERSON', 0.54)
  return !first.first || first.capital ? is('PERSON', 0.51) : []
}

/** Of capitals alone, or with digits. */
function isCode(word: string): boolean {
  return (word.length < 4 && !/\p{Ll}/u.test(word)) || /\d/.test(word)
}

/** Whether the words around speak of an employer, a shop, an institution. */
function isEmployer({ text, words }: Reading, from: number, last: number): boolean {
  const [{ start, given }, { end }] = [words[from]!, words[last]!]
  const lead = text.slice(Math.max(0, start - BEFORE), start)
  const tail = text.slice(end, end + AFTER)
  if (ORGANIZATION_BEFORE.test(lead) || ORGANIZATION_AFTER.test(tail)) return true
  return !given && (EMPLOYER_BEFORE.test(lead) || EMPLOYER_AFTER.test(tail))
}

/** A line by itself over an address. */
function isOnLetterhead({ words, letterheads }: Reading, from: number, last: number): boolean {
  return letterheads.has(last + 1) && isLineStart(words[from]!)
}

function isLineStart({ start, gap }: Word): boolean {
  return start === 0 || gap.includes('\n')
}

/** Whether a word with a capital stands before a run, as part of it. */
function isLed(words: readonly Word[], from: number): boolean {
  return companyStart(words, from) < words[from]!.start
}

/** `Think` of `Bright Garden Corporation`: words of speech with capitals, which begin no name of somebody. */
function companyStart(words: readonly Word[], from: number): number {
  let at = from
  while (at > 0 && from - at < 3 && words[at]!.gap === ' ') {
    const { capital, small, number } = words[at - 1]!
    if (!capital || number || NEVER_FIRST.has(small) || TITLES.has(small)) break
    at--
  }
  return words[at]!.start
}
