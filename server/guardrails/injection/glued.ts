import { alphabet, DIGIT, LETTER } from './alphabet.ts'
import { endOfRun, nextRun, signsOf } from './long-runs.ts'
import { replacedView } from './offset-map.ts'
import { splitWords } from './split-words.ts'
import type { View } from './view.ts'

/** So many single letters in a row are spelled-out words. */
const FEWEST_LETTERS = 6
/** Separators between two letters are no longer. */
const LONGEST_GAP = 4
/** A word of so many letters is several in one. */
const LONGEST_WORD = 14
const LONGEST_RUN = 400
/** Letters, and what joins words. */
const GLUE = signsOf(/[a-z_.*+-]/i)
const FEWEST_PARTS = 4
/** Identifiers in code are joined words too; those that have fewer than two of these are not looked at, unless long. */
const TELLING = new Set(
  `ignore disregard forget override bypass reveal instructions instruction prompt password secret unrestricted jailbreak
previous prior rules system everything restrictions`.split(/\s+/),
)
const FEWEST_TELLING = 2
/** So many words and more are a sentence. */
const SENTENCE_WORDS = 7

/** Words spelled letter by letter as words again, in place. `null`: there are none. */
export function spelledView(text: string): View | null {
  const runs = spelledRuns(text)
  if (runs.length === 0) return null
  const pieces = runs.map(({ from, to, words }) => ({ start: from, end: to, text: ` ${words} ` }))
  return replacedView('letters joined to words', text, pieces)
}

/** Words that were joined to one: each such run for itself, and with the signs around it as far as there is no space. */
export function gluedViews(text: string): View[] {
  const views: View[] = []
  let last = -1
  for (const { from, to, words } of longWords(text)) {
    views.push({ name: 'joined words', text: words, original: () => ({ start: from, end: to }) })
    if (from < last) continue
    const start = edge(text, from, -1)
    last = edge(text, to, 1)
    if (start === from && last === to) continue
    views.push({
      name: 'joined words',
      text: text.slice(start, last).replaceAll('_', ' '),
      original: (one, other) => ({ start: start + one, end: start + other }),
    })
  }
  return views
}

/** From a place in one direction, the last that no space parts from it; not far away. */
function edge(text: string, from: number, direction: 1 | -1): number {
  let at = from
  while (Math.abs(at - from) < LONGEST_RUN) {
    const unit = text.charCodeAt(direction > 0 ? at : at - 1)
    if (!(unit > 0x20)) break
    at += direction
  }
  return at
}

interface Run {
  from: number
  to: number
  words: string
}

/** `i g n o r e`, `i.g.n.o.r.e`, `i-g-n-o-r-e  a-l-l`: single letters; a wider gap than the usual one ends a word. */
function spelledRuns(text: string): Run[] {
  const { kinds } = alphabet()
  const runs: Run[] = []
  const gaps: string[] = []
  const isLetter = (at: number) => kinds[text.charCodeAt(at)] === LETTER
  const isWord = (at: number) => at < text.length && (isLetter(at) || kinds[text.charCodeAt(at)] === DIGIT)
  for (let at = 0; at < text.length; ) {
    if (!isLetter(at) || (at > 0 && isWord(at - 1)) || isWord(at + 1)) {
      at++
      continue
    }
    const from = at
    gaps.length = 0
    let letters = ''
    let last = at
    while (letters.length < LONGEST_RUN) {
      letters += text[last]!
      let next = last + 1
      while (next < text.length && next - last <= LONGEST_GAP && !isWord(next)) next++
      if (next >= text.length || next - last > LONGEST_GAP || !isLetter(next) || isWord(next + 1)) break
      gaps.push(text.slice(last + 1, next))
      last = next
    }
    at = last + 1
    if (letters.length >= FEWEST_LETTERS) runs.push({ from, to: at, words: joined(letters, gaps) })
  }
  return runs
}

/** The usual gap joins, other ones part words; where all are alike, known words are looked for. */
function joined(letters: string, gaps: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const gap of gaps) counts.set(gap, (counts.get(gap) ?? 0) + 1)
  let usual = ''
  for (const [gap, count] of counts) if (count > (counts.get(usual) ?? 0)) usual = gap
  let words = ''
  for (let index = 0; index < letters.length; index++)
    words += index < gaps.length && gaps[index] !== usual ? `${letters[index]}${partOf(gaps[index]!)}` : letters[index]
  return words
    .split(' ')
    .map((word) => (word.length >= LONGEST_WORD ? (splitWords(word)?.join(' ') ?? word) : word))
    .join(' ')
}

/** What parts two words: the end of a sentence stays one. */
function partOf(gap: string): string {
  return /[.!?]\s/.test(gap) ? '. ' : ' '
}

/** Long words that are made of known ones: `IgnoreAllPreviousInstructions`, `ignore_all_previous`, `ignoreall…`. */
function longWords(text: string): Run[] {
  const runs: Run[] = []
  for (let from = nextRun(text, 0, GLUE, LONGEST_WORD); from >= 0; ) {
    const to = endOfRun(text, from, GLUE)
    if (to - from <= LONGEST_RUN && isJoined(text, from, to)) {
      const words = partsOf(text.slice(from, to))
      if (words !== null) runs.push({ from, to, words })
    }
    from = nextRun(text, to, GLUE, LONGEST_WORD)
  }
  return runs
}

/** Could it be four words: are there as many parts, or a part as long as that? */
function isJoined(text: string, from: number, to: number): boolean {
  let parts = 1
  let length = 0
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at)
    const isLetter = (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a
    if (!isLetter || (unit < 0x5b && at > from && text.charCodeAt(at - 1) > 0x60)) {
      parts++
      length = 0
    }
    if (isLetter && ++length >= LONGEST_WORD) return true
    if (parts >= FEWEST_PARTS) return true
  }
  return false
}

function partsOf(run: string): string | null {
  const parts = run
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[ _.+*-]/)
    .filter((part) => part !== '')
  const words = parts.flatMap((part) =>
    part.length >= LONGEST_WORD ? (splitWords(part.toLowerCase()) ?? [part]) : [part],
  )
  // Two joined words are common in names and addresses; three and more are a sentence without spaces.
  if (words.length < FEWEST_PARTS || words.reduce((sum, word) => sum + word.length, 0) / words.length < 2) return null
  const telling = words.filter((word) => TELLING.has(word.toLowerCase())).length
  return telling >= FEWEST_TELLING || words.length >= SENTENCE_WORDS ? words.join(' ') : null
}
