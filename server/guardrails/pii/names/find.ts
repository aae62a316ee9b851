import type { Candidate } from '../../finder/candidate.ts'
import type { Finder } from '../finder.ts'
import { findStreets } from './addresses.ts'
import {
  COMPANY,
  ORGANIZATION_AFTER,
  ORGANIZATION_BEFORE,
  PERSON_AFTER,
  PERSON_BEFORE,
  PLACE_BEFORE,
  TITLES,
} from './kinds.ts'
import { isPlace, PLACE_WORDS } from './places.ts'
import { isNameLike, isParticle, type Word, wordsOf } from './words.ts'

/** Units before a name that say what it names, and after it. */
const BEFORE = 32
const AFTER = 24
/** More names in a row are a headline or a list of terms. */
const LONGEST = 6
const UNITS = 120
/** Units in which a capital would show that the text is not all small. */
const SMALL = 80

/** Names of people, places and organisations, by lists, the shape of words and the words beside them. */
export function nameFinder(types: ReadonlySet<string>): Finder {
  return (text, found) => {
    const words = wordsOf(text)
    const proposed: Candidate[] = []
    findStreets(text, words, proposed)
    findPlaces(words, proposed)
    for (let at = 0; at < words.length; ) {
      const end = endOfRun(words, at)
      if (end === at) at++
      else {
        if (end - at <= LONGEST && words[end - 1]!.end - words[at]!.start <= UNITS)
          classify(text, words.slice(at, end), words[at - 1], proposed)
        at = end
      }
    }
    for (const candidate of proposed) if (types.has(candidate.category)) found.push(candidate)
  }
}

function findPlaces(words: readonly Word[], found: Candidate[]): void {
  for (let at = 0; at < words.length; at++) {
    let name = ''
    for (let end = at; end < Math.min(words.length, at + PLACE_WORDS); end++) {
      if (end > at && words[end]!.gap !== ' ') break
      name = name === '' ? words[end]!.small : `${name} ${words[end]!.small}`
      // `Turkey` is a country, and `turkey` is not.
      if (!isPlace(name) || (words[at]!.common && !words[at]!.capital)) continue
      found.push({ start: words[at]!.start, end: words[end]!.end, category: 'LOCATION', score: 0.62 })
    }
  }
}

/** After the last word of a run of names from `at` on; `at` where none begins. */
function endOfRun(words: readonly Word[], at: number): number {
  const small = isSmall(words[at]!)
  if (!isNameLike(words[at]!, small)) return at
  let end = at + 1
  for (let next = end; next < words.length && next - at <= LONGEST; next++) {
    const word = words[next]!
    if (word.gap !== ' ' && !/^(?:[ -]| & )$/.test(word.gap)) break
    if (isParticle(word)) continue
    if (!isNameLike({ ...word, first: false }, small)) break
    end = next + 1
  }
  return end
}

/** Whether what stands before is written without capitals, as some people do. */
function isSmall({ start, capitalAt }: Word): boolean {
  return start - capitalAt > SMALL
}

function classify(text: string, run: readonly Word[], before: Word | undefined, found: Candidate[]): void {
  const [first, last] = [run[0]!, run.at(-1)!]
  const { start } = first
  const { end } = last
  const add = (category: string, score: number) => found.push({ start, end, category, score })
  const lead = text.slice(Math.max(0, start - BEFORE), start)
  const tail = text.slice(end, end + AFTER)
  if (run.some(({ small }) => COMPANY.has(small)) && run.length > 1) return void add('ORGANIZATION', 0.66)
  if (ORGANIZATION_BEFORE.test(lead) || ORGANIZATION_AFTER.test(tail)) return void add('ORGANIZATION', 0.6)
  if (before !== undefined && TITLES.has(before.small) && before.gap !== '') return void add('PERSON', 0.68)
  if (first.given && !isPlace(run.map(({ small }) => small).join(' ')))
    return void add('PERSON', run.length > 1 ? 0.67 : 0.6)
  // `Cautionary Tales`: a title.
  if (run.every(({ common, given }) => common && !given)) return
  if (run.every(({ start, end }) => end - start < 4 && !/\p{Ll}/u.test(text.slice(start, end)))) return
  if (PERSON_BEFORE.test(lead) && !/\b(?:to|at)\s$/i.test(lead)) return void add('PERSON', 0.58)
  if (PLACE_BEFORE.test(lead)) return void add('LOCATION', 0.56)
  if (PERSON_AFTER.test(tail) || (run.length > 1 && run.length < 4)) return void add('PERSON', 0.54)
  if (!first.first || first.capital) add('PERSON', 0.51)
}
