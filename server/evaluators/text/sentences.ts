import { isAbbreviation } from './abbreviations.ts'

/** A place in a text, `[start, end)` in UTF-16 units. */
export interface Span {
  start: number
  end: number
}

const FENCE = '```'
/** Where a sentence may end; after those of `WIDE` there is no space. */
const SIGNS = /```|[\n.!?…؟۔।。！？｡]/g
const ENDS = new Set('.!?…؟۔।。！？｡')
const WIDE = new Set('。！？｡')
const CLOSING = new Set('"\')]}»”’」』）*_`')
/** What stands before the first word of a line: bullets, headings, quotes, numbers of a list. */
const MARKER = /^(?:[\s>#*+•·‣◦–—|-]|\d{1,3}[.)](?=\s)|\p{L}[.)](?=\s))+/u
const LONGEST_MARKER = 40
const LETTER = /[\p{L}\p{N}]/u
const SMALL = /^\p{Ll}/u
const MONTH = /^(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|de[czs])/iu

/**
 * The sentences of a text in any language, in order: without the space, bullets and numbers of lists before them. Rows
 * of tables, items of lists, headings and blocks of code count as one each. Linear in the text's length.
 */
export function splitSentences(text: string): Span[] {
  const cased = hasCapitals(text)
  const spans: Span[] = []
  let from = 0
  let at = 0
  const cut = (end: number) => {
    const span = trimmed(text, from, end)
    if (span !== null) spans.push(span)
    from = end
  }
  for (;;) {
    SIGNS.lastIndex = at
    const sign = SIGNS.exec(text)
    if (sign === null) break
    const stop = sign.index
    at = stop + sign[0].length
    if (sign[0] === FENCE) {
      cut(stop)
      const close = text.indexOf(FENCE, at)
      at = close < 0 ? text.length : close + FENCE.length
      cut(at)
    } else if (sign[0] === '\n') {
      if (endsLine(text, stop, cased)) cut(at)
    } else {
      while (at < text.length && (ENDS.has(text[at]!) || CLOSING.has(text[at]!))) at++
      if (WIDE.has(text[stop]!) || endsSentence(text, from, stop, at, cased)) cut(at)
    }
  }
  cut(text.length)
  return spans
}

/** Is a sentence over at `stop`, a sign that ends sentences, with `after` behind all such signs? */
function endsSentence(text: string, from: number, stop: number, after: number, cased: boolean): boolean {
  if (after >= text.length) return true
  if (!isSpace(text[after]!)) return false
  if (text[stop] !== '.') return true
  const next = firstWord(text, after)
  if (next === '') return true
  if (cased && SMALL.test(next)) return false
  const before = lastWord(text, from, stop)
  if (/^\d{1,2}$/.test(before)) return !MONTH.test(next) && text.slice(from, stop).trim() !== before
  return !isAbbreviation(before)
}

/** A line that goes on in small letters was only wrapped. */
function endsLine(text: string, at: number, cased: boolean): boolean {
  let next = at
  while (next < text.length && isSpace(text[next]!)) if (text[next++] === '\n' && next > at + 1) return true
  return !(cased && SMALL.test(text.slice(next, next + 2)))
}

/** In a text without any, small letters begin sentences as well. */
function hasCapitals(text: string): boolean {
  return /\p{Lu}/u.test(text.slice(0, 2000))
}

function trimmed(text: string, from: number, to: number): Span | null {
  let end = to
  while (end > from && isSpace(text[end - 1]!)) end--
  let start = from
  while (start < end && isSpace(text[start]!)) start++
  const marker = MARKER.exec(text.slice(start, Math.min(end, start + LONGEST_MARKER)))
  if (marker) start += marker[0].length
  return LETTER.test(text.slice(start, end)) ? { start, end } : null
}

function isSpace(character: string): boolean {
  return character <= ' ' || character === '\u00a0' || character === '\u3000'
}

function firstWord(text: string, from: number): string {
  let at = from
  while (at < text.length && (isSpace(text[at]!) || CLOSING.has(text[at]!))) at++
  return text.slice(at, at + 12)
}

/** Back to the space before it, dots within included. */
function lastWord(text: string, from: number, end: number): string {
  let start = end
  while (start > from && start > end - 20 && !isSpace(text[start - 1]!) && text[start - 1] !== '(') start--
  return text.slice(start, end)
}
