import { isCommonWord } from '../../core/lexicon.ts'
import { isSmallWord } from './small-words.ts'
import type { Word } from './words.ts'

/** Above this share of words with capitals a line is a title or shouted, and they say nothing. */
const MOST_CAPITALS = 0.6
/** Of so few words most may have one. */
const FEW = 4
/** Letters of a name. */
const SHORTEST = 2

/**
 * Which words of a sentence are names: written with a capital for no other reason than that. In German, where nouns have
 * one as well, only what is written in capitals throughout.
 */
export function findNames(words: readonly Word[], german: boolean): boolean[] {
  const letters = words.filter(({ kind }) => kind === 'word')
  const raised = letters.filter(({ capital }) => capital).length
  if (letters.length > FEW && raised > letters.length * MOST_CAPITALS) return words.map(() => false)
  return words.map((word, at) => {
    if (word.kind !== 'word' || !word.capital || word.text.length < SHORTEST) return false
    if (isSmallWord(word.text) && !word.capitals) return false
    if (word.capitals || german) return word.capitals && letters.length > 1
    // What opens a sentence, or stands after a colon or a quotation mark, is written so in any case.
    const opens = at === 0 || words[at - 1]!.pause
    return !opens || !isCommonWord(word.text)
  })
}
