/**
 * How far a candidate can reach, so that a growing text can be let go of. A candidate stands on one line. Where it has
 * spaces they are single ones, the words before them are `joining`, and it is at most `SPACED` units long; where it has
 * none, at most `SOLID`.
 */
export const SPACED = 80
export const SOLID = 512

const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[.,]?$/i

/** Whether a candidate may go on after this word: it has a digit, is a code of capitals, a sign, or a month's name. */
export function joining(word: string): boolean {
  if (word.length > SPACED) return false
  return /\d/.test(word) || /^[A-Z]{1,4}$/.test(word) || !/\p{L}/u.test(word) || MONTH.test(word)
}

/** Whether a candidate at this place keeps to what `undecided` counts on. Its text is folded. */
export function within(text: string, start: number, end: number): boolean {
  const value = text.slice(start, end)
  if (!/\s/.test(value)) return value.length <= SOLID
  if (value.length > SPACED || /\s\s|[^\S ]/.test(value)) return false
  for (let space = text.indexOf(' ', start); space >= 0 && space < end; space = text.indexOf(' ', space + 1))
    if (!joining(text.slice(wordStart(text, space), space))) return false
  return true
}

/** Where the word begins that ends before `end`; no further back than matters. */
function wordStart(text: string, end: number): number {
  let at = end
  const least = Math.max(0, end - SPACED - 1)
  while (at > least && !isSpace(text.charCodeAt(at - 1))) at--
  return at
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0x2028 || code === 0x2029
}

/**
 * No candidate that begins before `at` changes, whatever is appended to the folded text. Where it is not `between` words
 * that nothing joins, one that begins before it may reach across.
 */
export function undecided(text: string): { at: number; between: boolean } {
  const least = Math.max(0, text.length - SOLID - 1)
  let word = text.length
  while (word > least && !isSpace(text.charCodeAt(word - 1))) word--
  if (word === least && least > 0) return { at: word, between: false }
  const farthest = Math.max(0, word - SPACED - 2)
  let from = word
  while (from > farthest && text.charCodeAt(from - 1) === 32) {
    const start = wordStart(text, from - 1)
    if (start === from - 1 || !joining(text.slice(start, from - 1))) break
    from = start
  }
  return from <= farthest && from > 0 ? { at: farthest, between: false } : { at: from, between: true }
}
