import { WORDS_AS_NAMES } from './given-names.ts'
import { INSTITUTIONS, LEGAL_FORMS, SUFFIXES, TITLES } from './kinds.ts'
import { isNameLike, isParticle, isRoom, type Word } from './words.ts'

/** More names in a row are a headline or a list of terms. */
export const LONGEST_RUN = 6
/** Small words in a row between the parts of a name. */
const BETWEEN = 3
/** Units in which a capital would show that the text is not all small. */
const SMALL = 80
const SHORT_TITLE = /^(?:mrs?|ms|dr|prof)\.?$/
const OF = new Set(['of', 'the', 'for', 'and'])

/** After the last word of a run of names from `at` on; `at` where none begins. */
export function endOfRun(words: readonly Word[], at: number): number {
  const small = isSmall(words[at]!)
  let end = beginning(words, at, small)
  if (end === at) return at
  let institution = INSTITUTIONS.has(words[at]!.small)
  for (let next = end; next < words.length && next - end <= BETWEEN; next++) {
    const word = words[next]!
    if (word.gap === ', ' ? !isEnding(word) : word.gap !== ' ' && word.gap !== '-' && word.gap !== ' & ') break
    if (SHORT_TITLE.test(word.small) || isRoom(words, next)) break
    if (isEnding(word) || isNameLike({ ...word, first: false }, small)) {
      end = next + 1
      institution ||= word.capital && INSTITUTIONS.has(word.small)
    } else if (!isParticle(word) && !(institution && OF.has(word.small))) break
  }
  return end
}

/** After the words that a name may begin with; `at` where they begin none. */
function beginning(words: readonly Word[], at: number, small: boolean): number {
  const word = words[at]!
  if (TITLES.has(word.small) || isRoom(words, at)) return at
  if (isNameLike(word, small)) return at + 1
  const next = words[at + 1]
  if (next === undefined || next.gap !== ' ') return at
  // `University of …`, at the beginning of a sentence.
  if (word.capital && INSTITUTIONS.has(word.small)) return next.small === 'of' ? at + 1 : at
  const leads = (word.capital && WORDS_AS_NAMES.has(word.small)) || (isParticle(word) && word.small.length > 1)
  return leads && !next.common && isNameLike({ ...next, first: false }, small) ? at + 2 : at
}

/** `Inc.` and `MD` belong to the name that they follow, also after a comma. */
function isEnding({ small }: Word): boolean {
  return LEGAL_FORMS.has(small) || SUFFIXES.has(small)
}

/** Whether what stands before is written without capitals, as some people do. */
export function isSmall({ start, capitalAt }: Word): boolean {
  return start - capitalAt > SMALL
}
