import { wordsOf } from '../phrases.ts'

/** Refusals stand at the beginning: so many sentences, of so many characters, are read. */
const SENTENCES = 3
const LONGEST = 700
const SENTENCE_END = /[.!?。！？\n]/
/** “Bob: I won’t.” */
const SPEAKER = /^\s*[\p{Lu}*][\p{L}\d *]{0,20}:/u
/** What begins a quotation, and what may end it. */
const QUOTES: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '«': '»', '「': '」' }
const LONGEST_QUOTATION = 300

export interface Sentence {
  /** As `wordsOf` gives them. */
  words: string
  /** Where it stands in the text. */
  start: number
  end: number
}

/** The first sentences of a reply in its own voice: what is quoted, or said by somebody in a dialogue, is left out. */
export function openingOf(text: string): Sentence[] {
  const sentences: Sentence[] = []
  const stop = Math.min(text.length, LONGEST)
  const own = withoutQuotations(text.slice(0, stop))
  for (let start = 0, at = 0; at < stop && sentences.length < SENTENCES; at++) {
    const isLast = at === stop - 1
    if (!isLast && !isEnd(own, at)) continue
    const sentence = own.slice(start, at + 1)
    const words = SPEAKER.test(sentence) ? '' : wordsOf(sentence)
    if (words.trim() !== '') sentences.push({ words, start, end: at + 1 })
    start = at + 1
  }
  return sentences
}

/** As long as the text, with blanks for what stands in quotation marks on one line. */
function withoutQuotations(text: string): string {
  let own = ''
  for (let at = 0; at < text.length; ) {
    const ends = QUOTES[text[at]!]
    const length = ends === undefined ? 0 : quotationLength(text.slice(at, at + LONGEST_QUOTATION), ends)
    own += length === 0 ? text[at] : '…'.padEnd(length)
    at += Math.max(1, length)
  }
  return own
}

/** With its marks; 0 where it does not end. */
function quotationLength(text: string, ends: string): number {
  for (let at = 1; at < text.length && text[at] !== '\n'; at++) if (ends.includes(text[at]!)) return at + 1
  return 0
}

/** A full stop within a number or an address ends nothing. */
function isEnd(text: string, at: number): boolean {
  if (!SENTENCE_END.test(text[at]!)) return false
  return text[at] !== '.' || /\s/.test(text[at + 1] ?? ' ')
}
