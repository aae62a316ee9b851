import { foldOf, foldWord, isUnspaced, isWordCharacter } from '../words/fold.ts'

/** UTF-16 units: longer runs of letters are no words. */
export const LONGEST_WORD = 64
/** UTF-16 units between two words of the same run. */
export const LONGEST_GAP = 16

export interface Word {
  start: number
  end: number
  /** Without case and accents. */
  text: string
  /** It goes on with the word before it. */
  follows: boolean
  /** One character of a script without blanks: nothing that comes belongs to it. */
  isWhole: boolean
}

/** The words of a text up to `stop`. */
export function wordsOf(text: string, stop: number): Word[] {
  const words: Word[] = []
  let lastEnd = -1
  for (let at = 0; at < stop; ) {
    const start = at
    let code = text.codePointAt(at)!
    let isPlain = true
    const isWhole = isUnspaced(code)
    const first = isWhole ? foldOf(code) : null
    if (isWhole) at += code > 0xffff ? 2 : 1
    else
      while (at < stop && isWordCharacter(code) && !isUnspaced(code)) {
        isPlain &&= code < 128
        at += code > 0xffff ? 2 : 1
        code = at < stop ? text.codePointAt(at)! : 0
      }
    if (at === start) {
      at += code > 0xffff ? 2 : 1
      continue
    }
    const word = at - start <= LONGEST_WORD ? text.slice(start, at) : null
    if (word !== null)
      words.push({
        start,
        end: at,
        text: first ?? (isPlain ? word.toLowerCase() : foldWord(word)),
        follows: lastEnd >= 0 && start - lastEnd <= LONGEST_GAP,
        isWhole,
      })
    // After what is no word nothing follows.
    lastEnd = word === null ? -1 : at
  }
  return words
}
