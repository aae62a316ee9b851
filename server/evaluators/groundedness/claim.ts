import { findNames } from '../text/names.ts'
import { readNumbers } from '../text/numbers.ts'
import type { Span } from '../text/sentences.ts'
import type { Match } from '../text/vocabulary.ts'
import { readWords, type Word } from '../text/words.ts'
import type { Context } from './context.ts'
import { findEvidence, type Weighed } from './evidence.ts'
import { findFlip } from './polarity.ts'
import { scatterOf } from './scatter.ts'
import { findSwapped } from './slots.ts'

/** A sentence of the reply, with its words by their places in the reply. */
export interface Sentence {
  span: Span
  text: string
  words: readonly Word[]
}

/** How a sentence of the reply rests on the context. All but `weight` and `content` speak against it. */
export interface Claim {
  span: Span
  /** Of its words together. */
  weight: number
  /** Words of meaning. */
  content: number
  /** Share of its weight that its passages do not hold, 0..1. */
  missing: number
  /** Share of its weight that stands nowhere in the context, 0..1. */
  foreign: number
  /** Share of its neighbouring words that do not stand near each other there, 0..1. */
  scattered: number
  /** Share of its words that are words of grammar which its passages do not hold, 0..1. */
  small: number
  /** Words for whoever speaks that the context has not. */
  personal: number
  /** Numbers and names that the context has not. */
  numbers: Span[]
  names: Span[]
  /** Where it says the contrary of the context. */
  flips: Span[]
  /** Numbers that the context says of something else. */
  swapped: Span[]
  /** The longest run of words that its passages do not hold. */
  gap: Span | null
}

const SPEAKERS = new Set(
  'i me my mine myself we us our ours ourselves ich mir mich mein meine wir unser unsere je moi notre yo nosotros'.split(
    ' ',
  ),
)
/** `[1]`, `[2, 3]` */
const CITATION = /[[【]\^?\d{1,3}(?:\s{0,2}[,–-]\s{0,2}\d{1,3}){0,8}[\]】]/g
/** What is about so much may be off by such a share. */
const ABOUT = 0.05
const ABOUT_WORDS = new Set(
  `about around approximately roughly nearly almost over some circa ca etwa rund ungefahr fast knapp uber environ presque
plus unos unas casi aproximadamente mas more less under`.split(/\s+/),
)
const ABOUT_REACH = 2

/** Marks that cite sources are passed over. */
export function readSentence(reply: string, span: Span): Sentence {
  const text = reply.slice(span.start, span.end)
  const words = readWords(text.replace(CITATION, (mark) => ' '.repeat(mark.length)))
  for (const word of words) {
    word.start += span.start
    word.end += span.start
  }
  return { span, text, words }
}

/** Holds one sentence of the reply against the context. `asked`: stems of the request, which need no support. */
export function readClaim(sentence: Sentence, context: Context, asked: ReadonlySet<string>): Claim {
  const { span, words: own } = sentence
  const { words, passages } = findEvidence(own, context, asked)
  const claim = {
    span,
    weight: sum(words, ({ weight }) => weight),
    content: words.filter((each) => each.meaning).length,
  }
  const share = (part: number) => (claim.weight === 0 ? 0 : part / claim.weight)
  const foreign = share(sum(words, ({ match, weight }) => weight * (1 - (match?.quality ?? 0))))
  if (foreign === 0 && context.quotes.has(sentence.text)) return { ...claim, ...NOTHING_AGAINST }
  const flip = findFlip({ words, passages }, context)
  return {
    ...claim,
    missing: share(sum(words, ({ held, match, weight }) => (held ? weight * (1 - match!.quality) : weight))),
    foreign,
    scattered: scatterOf(words, passages, context),
    small: words.filter(({ meaning, held }) => !meaning && !held).length / Math.max(1, words.length),
    personal: own.filter(({ text, stem }) => SPEAKERS.has(text) && !context.vocabulary.places.has(stem)).length,
    numbers: missingNumbers(own, context, asked),
    names: missingNames(words, findNames(own, context.language === 'de'), asked),
    flips: flip === null ? [] : [{ start: flip.start, end: flip.end }],
    swapped: findSwapped(words, context),
    gap: longestGap(words),
  }
}

const NOTHING_AGAINST = {
  missing: 0,
  foreign: 0,
  scattered: 0,
  small: 0,
  personal: 0,
  numbers: [],
  names: [],
  flips: [],
  swapped: [],
  gap: null,
}

function missingNumbers(words: readonly Word[], context: Context, asked: ReadonlySet<string>): Span[] {
  return readNumbers(words).flatMap(({ values, from, to }) => {
    if (values.some((value) => context.numbers.has(value) || asked.has(String(value)))) return []
    const about = words.slice(Math.max(0, from - ABOUT_REACH), from).some(({ text }) => ABOUT_WORDS.has(text))
    if (about && values.some((value) => hasNear(context.numbers, value))) return []
    return [{ start: words[from]!.start, end: words[to - 1]!.end }]
  })
}

function hasNear(numbers: ReadonlySet<number>, value: number): boolean {
  for (const number of numbers) if (Math.abs(number - value) <= Math.abs(number) * ABOUT) return true
  return false
}

function missingNames(words: readonly Weighed[], named: readonly boolean[], asked: ReadonlySet<string>): Span[] {
  return words.flatMap(({ word, match }, at) => {
    return named[at] && !isNamed(match) && !asked.has(word.stem) ? [{ start: word.start, end: word.end }] : []
  })
}

/** A word that means the same is another name. */
function isNamed(match: Match | null): boolean {
  return match !== null && match.by !== 'meaning' && match.by !== 'part'
}

function longestGap(words: readonly Weighed[]): Span | null {
  let longest: Span | null = null
  let [most, weight, start] = [0, 0, -1]
  for (const { meaning, held, word, weight: own } of words) {
    if (!meaning) continue
    if (held) {
      start = -1
      continue
    }
    weight = start < 0 ? own : weight + own
    if (start < 0) start = word.start
    if (weight > most) {
      longest = { start, end: word.end }
      most = weight
    }
  }
  return longest
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}
