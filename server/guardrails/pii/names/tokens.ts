/** Longer ones name nobody. */
export const LONGEST_WORD = 36

const WORD = /[\p{L}\p{M}\p{N}]/u
const JOINERS = "’'.&-"

/**
 * The next stretch of letters and digits, with signs that join them (`O'Neill`, `P.O.`, `Anne-Lise`, `55-A`) and a full
 * stop after it. As long as it is, so that whoever begins to read elsewhere finds the same ones.
 */
export function nextToken(text: string, from: number): { start: number; end: number } | null {
  let start = from
  while (start < text.length && widthAt(text, start) === 0) start++
  if (start >= text.length) return null
  let end = start
  for (;;) {
    const width = widthAt(text, end)
    if (width > 0) end += width
    else if (end < text.length && JOINERS.includes(text.charAt(end)) && widthAt(text, end + 1) > 0) end++
    else break
  }
  return { start, end: text.charAt(end) === '.' ? end + 1 : end }
}

/** Units of the letter or digit at a place; 0 where there is none. */
function widthAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) ? 1 : 0
  if (Number.isNaN(code)) return 0
  const point = text.codePointAt(at)!
  if (!WORD.test(String.fromCodePoint(point))) return 0
  return point > 0xffff ? 2 : 1
}
