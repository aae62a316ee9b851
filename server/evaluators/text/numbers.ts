import { isArticle, scaleOfWord, valuesOf, valuesOfWord } from './number-words.ts'
import type { Word } from './words.ts'

/** A number that a text tells, in figures or in words. */
export interface NumberSaid {
  /** All that it may mean: `1.000` is one, or a thousand. */
  values: readonly number[]
  /** Index of its first word, and of the word behind its last. */
  from: number
  to: number
}

/** Only after figures: elsewhere they are other words. */
const SHORT_SCALES = new Set(['k', 'cent', 'cents', 'mn', 'bn'])

/** The numbers of a text, in order. `one` counts before a scale only: elsewhere it is a pronoun more often. */
export function readNumbers(words: readonly Word[]): NumberSaid[] {
  const found: NumberSaid[] = []
  for (let at = 0; at < words.length; ) {
    const numbers = words[at]!.kind === 'number' ? figures(words, at) : inWords(words, at)
    found.push(...numbers)
    at = numbers.at(-1)?.to ?? at + 1
  }
  return found
}

/** One, but of dates, versions and addresses every part. */
function figures(words: readonly Word[], at: number): NumberSaid[] {
  const values = valuesOf(words[at]!.text)
  if (values.length > 2) return values.map((value) => ({ values: [value], from: at, to: at + 1 }))
  const next = words[at + 1]
  const scale = next?.kind === 'word' ? scaleOfWord(next.text) : null
  const near = next !== undefined && next.start - words[at]!.end <= 1
  if (scale === null || !near || next.text === 'cent' || next.text === 'cents')
    return [{ values, from: at, to: at + 1 }]
  return [{ values: values.map((value) => rounded(value * scale)), from: at, to: at + 2 }]
}

/** `two hundred and fifty`, `twenty-five`, `a million`, `zwei Millionen`. */
function inWords(words: readonly Word[], start: number): NumberSaid[] {
  const first = words[start]!
  const scaled = isArticle(first.text) && scaleAt(words, start + 1) !== null
  let values = scaled ? [1] : valuesOfWord(first.text)
  if (values.length === 0 || (first.text === 'one' && !scaled)) return []
  let total = 0
  let to = start + 1
  for (; to < words.length && values.length === 1 && !words[to - 1]!.pause; to++) {
    const { text } = words[to]!
    const group: number = values[0]!
    const scale = scaleAt(words, to)
    const [more] = valuesOfWord(text)
    if (scale === 100) values = [group * 100]
    else if (scale !== null) {
      total += group * scale
      values = [0]
    } else if (more !== undefined && fits(group, more, total)) values = [group + more]
    else if (!(text === 'and' && (total > 0 || group >= 100) && valuesOfWord(words[to + 1]?.text ?? '').length > 0))
      break
  }
  return [{ values: values.map((value) => value + total), from: start, to }]
}

function scaleAt(words: readonly Word[], at: number): number | null {
  const text = words[at]?.text ?? ''
  return SHORT_SCALES.has(text) ? null : scaleOfWord(text)
}

/** Twenty and five, a hundred and twelve; not one and two. */
function fits(group: number, more: number, total: number): boolean {
  if (group === 0) return total > 0 && more < 1000
  if (group % 100 === 0) return more < 100
  return group % 10 === 0 && group % 100 >= 20 && more > 0 && more < 10
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
