import { isSpeech, wordsOf } from './words.ts'

/** No name or address is longer, with the words beside it that say what it is. */
export const NAME_UNITS = 320

/**
 * No name or address that begins before it changes, whatever is appended: after the last three plain words in a row, no
 * further back than they are long. What says what a name is has three words at most.
 */
export function undecidedName(text: string): { at: number; between: boolean } {
  const least = Math.max(0, text.length - NAME_UNITS)
  // Seen from further back, so that what has been found is found again as the text grows.
  const from = Math.max(0, least - NAME_UNITS)
  const words = wordsOf(text.slice(from))
  for (let at = words.length - 1; at >= 3 && from + words[at]!.start > least; at--) {
    const three = [words[at - 3]!, words[at - 2]!, words[at - 1]!]
    const isCut = from > 0 && three[0]!.start === 0
    if (!isCut && three.every(isSpeech) && three[1]!.gap === ' ' && three[2]!.gap === ' ' && words[at]!.gap === ' ')
      return { at: from + words[at]!.start, between: true }
  }
  return { at: least, between: false }
}
