import type { Candidate } from '../../finder/candidate.ts'
import { NO_NAMES } from './kinds.ts'
import { isSmall } from './runs.ts'
import type { Word } from './words.ts'

/** `Baker, Lowe and Finch`, by its partners, where `speaks` says that it is no list of people. */
export function findFirms(
  words: readonly Word[],
  found: Candidate[],
  speaks: (from: number, to: number) => boolean,
): void {
  for (let at = 2; at + 1 < words.length; at++) {
    const [and, after] = [words[at]!, words[at + 1]!]
    if (and.small !== 'and' || and.gap !== ' ' || after.gap !== ' ' || words[at - 1]!.gap !== ', ') continue
    if (![at - 2, at - 1, at + 1].every((each) => isSurname(words[each]!)) || !speaks(at - 2, at + 1)) continue
    found.push({ start: words[at - 2]!.start, end: after.end, category: 'ORGANIZATION', score: 0.69 })
  }
}

function isSurname(word: Word): boolean {
  return !word.number && word.small.length > 1 && !NO_NAMES.has(word.small) && (word.capital || isSmall(word))
}
