import type { Severity } from './lexicon.ts'
import { foldWord, type WordBook } from './word-book.ts'

export interface ToxicWord {
  start: number
  end: number
  severity: Severity
}

/** A word with the signs that stand for letters in it. */
const RUN = /[\p{L}\p{M}\p{N}\p{Default_Ignorable_Code_Point}@$!*#'’-]+/gu
const LETTERS = /[\p{L}\p{M}\p{Default_Ignorable_Code_Point}]+(?:['’-][\p{L}\p{M}\p{Default_Ignorable_Code_Point}]+)*/gu
const ORDINARY = /^[\p{L}\p{M}'’-]+$/u
const ENDS_NO_WORD = new Set("!'-")
const KANA = /\p{Script=Katakana}/u
/** Letters of one word with something between them. */
const FEWEST_SPACED = 4
const WIDEST_GAP = 1
/** Longer runs are no words. */
const LONGEST_RUN = 60
/** Words with stars have at least so many letters, and so many of them are seen. */
const SHORTEST_STARRED = 4
const FEWEST_SEEN = 2
const STANDS_FOR: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
}

/** The words of the book that stand in a text, in order, and how many words it has in all. */
export function findToxicWords(text: string, book: WordBook): { found: ToxicWord[]; words: number } {
  const found: ToxicWord[] = []
  const words: { word: string; start: number; end: number }[] = []
  for (const run of text.matchAll(RUN)) {
    const [whole] = run
    if (whole.length > LONGEST_RUN) continue
    if (!ORDINARY.test(whole)) {
      const severity = disguised(whole, book)
      if (severity !== null) found.push({ start: run.index, end: run.index + whole.length, severity })
    }
    for (const { 0: letters, index } of whole.matchAll(LETTERS)) {
      const start = run.index + index
      const word = { word: foldWord(letters), start, end: start + letters.length }
      words.push(word)
      const severity = severityOf(word.word, book)
      if (severity !== null) found.push({ start, end: word.end, severity })
    }
  }
  found.push(...phrasesIn(words, book), ...spacedIn(words, book), ...partsIn(text, book))
  return { found: withoutOverlaps(found), words: words.length }
}

/** Also of each half of a compound, and of letters that are drawn out. */
function severityOf(word: string, book: WordBook): Severity | null {
  const known = book.severityOf(word)
  if (known !== null) return known
  if (/[-']/.test(word))
    for (const part of word.split(/[-']/)) {
      const severity = book.severityOf(part)
      if (severity !== null) return severity
    }
  if (!/(\p{L})\1\1/u.test(word)) return null
  return (
    book.severityOf(word.replace(/(\p{L})\1{2,}/gu, '$1')) ?? book.severityOf(word.replace(/(\p{L})\1{2,}/gu, '$1$1'))
  )
}

/** Of a run with digits or signs among its letters. */
function disguised(run: string, book: WordBook): Severity | null {
  let folded = foldWord(run)
  while (ENDS_NO_WORD.has(folded.at(-1) ?? '')) folded = folded.slice(0, -1)
  if (!/\p{L}/u.test(folded)) return null
  if (/[*#]/.test(folded)) return starred(folded.replaceAll('#', '*'), book)
  return severityOf(
    folded.replace(/[@4310!$57]/g, (sign) => STANDS_FOR[sign]!),
    book,
  )
}

/** Stars stand for one letter each; the first letter is seen. */
function starred(run: string, book: WordBook): Severity | null {
  const seen = run.replaceAll('*', '').length
  if (run.length < SHORTEST_STARRED || seen < FEWEST_SEEN || run.startsWith('*') || run.endsWith('*')) return null
  const matches = (text: string) => [...text].every((letter, at) => run[at] === '*' || run[at] === letter)
  return book.ofLength(run.length).find(({ text }) => matches(text))?.severity ?? null
}

function phrasesIn(words: readonly { word: string; start: number; end: number }[], book: WordBook): ToxicWord[] {
  return words.flatMap(({ word, start }, at) =>
    book.phrasesFrom(word).flatMap(({ rest, severity }) => {
      const isThere = rest.every((each, offset) => words[at + 1 + offset]?.word === each)
      return isThere ? [{ start, end: words[at + rest.length]!.end, severity }] : []
    }),
  )
}

/** “f u c k”: single letters, each one sign from the next. */
function spacedIn(words: readonly { word: string; start: number; end: number }[], book: WordBook): ToxicWord[] {
  const found: ToxicWord[] = []
  let letters: { word: string; start: number; end: number }[] = []
  const close = (): void => {
    const severity = letters.length < FEWEST_SPACED ? null : book.severityOf(letters.map(({ word }) => word).join(''))
    if (severity !== null) found.push({ start: letters[0]!.start, end: letters.at(-1)!.end, severity })
    letters = []
  }
  for (const each of words) {
    const last = letters.at(-1)
    const isNext = last !== undefined && each.start - last.end <= WIDEST_GAP
    if (each.word.length !== 1 || (last !== undefined && !isNext) || letters.length === LONGEST_RUN) close()
    if (each.word.length === 1) letters.push(each)
  }
  close()
  return found
}

/** Words of katakana end where the katakana ends: others have them inside. */
function partsIn(text: string, book: WordBook): ToxicWord[] {
  const found: ToxicWord[] = []
  for (const { text: part, severity } of book.parts)
    for (let start = text.indexOf(part); start >= 0; start = text.indexOf(part, start + part.length)) {
      const end = start + part.length
      const goesOn = (one: string | undefined, other: string | undefined) =>
        KANA.test(one ?? '') && KANA.test(other ?? '')
      if (!goesOn(text[start - 1], part[0]) && !goesOn(part.at(-1), text[end])) found.push({ start, end, severity })
    }
  return found
}

/** Of those that overlap, the one that begins first, then the longest. */
function withoutOverlaps(found: ToxicWord[]): ToxicWord[] {
  const kept: ToxicWord[] = []
  for (const each of found.sort((one, other) => one.start - other.start || other.end - one.end))
    if (each.start >= (kept.at(-1)?.end ?? 0)) kept.push(each)
  return kept
}
