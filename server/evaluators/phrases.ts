const MARKUP = /[*_#>~]/g
const NO_WORD = /[^\p{L}\p{M}\p{N}'-]+/gu

/** In small letters, with one blank before and after each word, and nothing but words. */
export function wordsOf(text: string): string {
  const plain = text
    .replace(MARKUP, '')
    .replace(/[’‘`´ʼ]/g, "'")
    .normalize('NFC')
    .toLowerCase()
  return ` ${plain.replace(NO_WORD, ' ').trim()} `
}

/** Parts of a phrase, in order, each with how many words may stand before it since the last one. */
export type Phrase = readonly { gap: number; part: RegExp }[]

/** “i ..2 cannot”: up to two words between. */
const GAP = / \.\.(\d) /
/** What follows a gap is looked for in so many characters. */
const FARTHEST = 240

/**
 * Phrases that are looked for among words as `wordsOf` gives them. Gaps are not left to the expressions, and there are many
 * small ones instead of a large one, so that each is soon proven to take linear time
 * (`test/evaluators/regular-expressions.test.ts`).
 */
export function phrases(...texts: readonly string[]): readonly Phrase[] {
  return texts.map((text) => {
    const [first, ...rest] = text.split(GAP)
    const more = rest.flatMap((each, at) =>
      at % 2 === 0 ? [{ gap: Number(each), part: new RegExp(` (?:${rest[at + 1]}) `) }] : [],
    )
    return [{ gap: Number.POSITIVE_INFINITY, part: new RegExp(` (?:${first}) `) }, ...more]
  })
}

/** One of a script without blanks, which is found wherever it stands. */
export function unspaced(part: RegExp): Phrase {
  return [{ gap: Number.POSITIVE_INFINITY, part }]
}

export function says(words: string, list: readonly Phrase[]): boolean {
  return afterPhrase(words, list) !== null
}

/** What follows the first phrase that is found; `null` where none is. */
export function afterPhrase(words: string, list: readonly Phrase[]): string | null {
  for (const phrase of list) {
    const after = afterParts(words, phrase)
    if (after !== null) return after
  }
  return null
}

/** The same part may stand there more than once, and only a later one have the others behind it. */
function afterParts(words: string, [next, ...others]: Phrase): string | null {
  if (next === undefined) return words
  const isFirst = next.gap === Number.POSITIVE_INFINITY
  const reach = isFirst ? words.length : FARTHEST
  for (let start = 0; start >= 0 && start < reach; ) {
    const found = next.part.exec(words.slice(start, reach))
    if (!found) return null
    const at = start + found.index
    if (!isFirst && countWords(words, at) > next.gap) return null
    // The blank that ends a word begins the next one.
    const end = at + found[0].length - (found[0].endsWith(' ') ? 1 : 0)
    const after = afterParts(words.slice(end), others)
    if (after !== null) return after
    start = words.indexOf(' ', at + 1)
  }
  return null
}

function countWords(words: string, end: number): number {
  let count = 0
  for (let at = words.indexOf(' '); at >= 0 && at < end; at = words.indexOf(' ', at + 1)) count++
  return count
}

/** Tells whether one of some words is among others; with `*` at the end, all words that begin so. */
export function anyOf(list: string): (words: string) => boolean {
  const entries = list.trim().split(/\s+/)
  const whole = new Set(entries.filter((entry) => !entry.endsWith('*')))
  const beginnings = entries.filter((entry) => entry.endsWith('*')).map((entry) => entry.slice(0, -1))
  // Of “l’aider” the second half counts.
  const isOne = (word: string) => whole.has(word) || beginnings.some((beginning) => word.startsWith(beginning))
  return (words) => words.split(/[ ']/).some((word) => word !== '' && isOne(word))
}
