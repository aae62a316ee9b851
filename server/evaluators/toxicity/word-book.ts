import { LEXICON, SEVERITIES, type Severity } from './lexicon.ts'

/** Between words of scripts that write no blanks, words are found as parts. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

/** Finds words by their folded forms. */
export interface WordBook {
  /** Of one word. */
  severityOf(word: string): Severity | null
  /** Of several words, by the first of them: the rest of each, and how bad it is. */
  phrasesFrom(word: string): readonly Phrase[]
  /** Of scripts without blanks. */
  parts: readonly { text: string; severity: Severity }[]
  /** Single words that are no beginnings, by their length: for those that are written with stars. */
  ofLength(length: number): readonly { text: string; severity: Severity }[]
}

export interface Phrase {
  rest: readonly string[]
  severity: Severity
}

/** As words are compared: small, without compatibility forms and what is not seen. */
export function foldWord(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase().replaceAll('’', "'").trim()
}

/** The lexicon without `allow` and with `words`, which are as bad as can be. */
export function wordBook(allow: readonly string[], words: readonly string[]): WordBook {
  const allowed = new Set(allow.map(foldWord))
  const exact = new Map<string, Severity>()
  const beginnings = new Map<string, Severity>()
  const phrases = new Map<string, Phrase[]>()
  const parts: { text: string; severity: Severity }[] = []
  const add = (entry: string, severity: Severity): void => {
    const text = foldWord(entry)
    const [first, ...rest] = text.split(' ')
    if (allowed.has(text) || allowed.has(text.replace(/\*$/, ''))) return
    if (UNSPACED.test(text)) parts.push({ text, severity })
    else if (rest.length > 0) phrases.set(first!, [...(phrases.get(first!) ?? []), { rest, severity }])
    else if (text.endsWith('*')) beginnings.set(text.slice(0, -1), severity)
    else exact.set(text, severity)
  }
  for (const language of Object.values(LEXICON))
    for (const severity of SEVERITIES) for (const entry of language[severity].split(',')) add(entry, severity)
  for (const word of words) add(word, 'severe')
  const lengths = [...new Set([...beginnings.keys()].map((beginning) => beginning.length))].sort((a, b) => a - b)
  const byLength = Map.groupBy(
    [...exact, ...beginnings].map(([text, severity]) => ({ text, severity })),
    ({ text }) => text.length,
  )
  return {
    severityOf(word) {
      const whole = exact.get(word)
      if (whole !== undefined || allowed.has(word)) return whole ?? null
      for (const length of lengths) {
        if (length > word.length) break
        const severity = beginnings.get(word.slice(0, length))
        if (severity !== undefined) return severity
      }
      return null
    },
    phrasesFrom: (word) => phrases.get(word) ?? [],
    parts,
    ofLength: (length) => byLength.get(length) ?? [],
  }
}
