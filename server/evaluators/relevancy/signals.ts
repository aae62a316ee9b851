import { isCommonWord } from '../../core/lexicon.ts'
import { classifyOpening } from '../refusal/classify.ts'
import { languageByWords } from '../text/small-words.ts'
import { Vocabulary } from '../text/vocabulary.ts'
import { readWords, type Word } from '../text/words.ts'
import { asksForChange, expectedOf, type Feature, FORMS } from './expected.ts'
import { featuresOf } from './form.ts'
import { nearnessOf } from './near.ts'
import { topicOf, weightOf } from './topic.ts'

/** What speaks for a reply as an answer to its question. */
export const FOR = ['coverage', 'held', 'dense', 'near', 'fits', 'suits', 'brief'] as const
/** What speaks against it. */
export const AGAINST = ['lacks', 'odd', 'foreign', 'empty'] as const
/** What makes any reply fail: half of the score is left at most, so that those near the subject still come first. */
export const FATAL = ['misses', 'evades', 'echoes'] as const
export type Weighted = (typeof FOR)[number] | (typeof AGAINST)[number]
/** All are within 0..1. */
export type Signals = Readonly<Record<Weighted | (typeof FATAL)[number], number>>

/** Of a logistic function; none is below 0. */
export interface Weights {
  bias: number
  signals: Readonly<Record<Weighted, number>>
}

/** So many characters of a question, and of a reply, are read. */
const LONGEST = 16_384
/** Held weight of which `held` makes two thirds, and groups of features that count in full. */
const MUCH = 2
const ALL_MET = 2
const SHORTEST_DENSE = 4
/** Answers of a word or a few. */
const BRIEF = 6
const ANSWERS: ReadonlySet<Feature> = new Set(['number', 'date', 'name', 'decides'])
const FACTS: ReadonlySet<Feature> = new Set(['number', 'date', 'name'])
/** A question that is repeated is covered to this share. */
const ECHO = 0.7
/** No more weighs a reply of nothing but words that say little. */
const EMPTY = 1

/** How likely it is that a reply with these signals answers, 0..1. */
export function relevanceOf(signals: Signals, { bias, signals: weights }: Weights): number {
  const sum = (names: readonly Weighted[]) => names.reduce((total, name) => total + weights[name] * signals[name], 0)
  const likely = 1 / (1 + Math.exp(sum(AGAINST) - sum(FOR) - bias))
  return isFatal(signals) ? likely / 2 : likely
}

/** Is there anything that no answer has? */
export function isFatal(signals: Signals): boolean {
  return FATAL.some((name) => signals[name] > 0)
}

/** Reads a question and a reply. `context`: what the request brings to find the answer in; empty: nothing. */
export function signalsOf(asked: string, replied: string, context: string): Signals {
  const [question, reply] = [asked.slice(0, LONGEST), replied.slice(0, LONGEST)]
  const [questionWords, words] = [readWords(question), readWords(reply)]
  const topic = topicOf(questionWords)
  const vocabulary = new Vocabulary()
  vocabulary.add(words, 0)
  const whole = topic.reduce((sum, { weight }) => sum + weight, 0)
  const held = topic.reduce((sum, { word, weight }) => sum + weight * (vocabulary.match(word)?.quality ?? 0), 0)
  const weight = words.reduce((sum, word) => sum + weightOf(word), 0)
  const features = featuresOf(reply, words)
  const expected = expectedOf(question)
  const met = expected.filter((group) => group.some((feature) => features.has(feature)))
  const forms = met.filter((group) => group.some((feature) => FORMS.has(feature) && features.has(feature)))
  const coverage = whole === 0 ? 0 : held / whole
  const changes = asksForChange(question)
  const near = nearnessOf(topic, words, context)
  return {
    coverage,
    held: 1 - Math.exp(-held / MUCH),
    dense: Math.min(1, held / Math.sqrt(SHORTEST_DENSE + weight)),
    near,
    fits: forms.length > 0 ? 1 : 0,
    suits: Math.min(1, (met.length - forms.length) / ALL_MET),
    brief: (context === '' || near > 0) && isBriefAnswer(words, met.flat()) ? 1 : 0,
    lacks: Math.min(1, (expected.length - met.length) / ALL_MET),
    misses: expected.some((group) => !met.includes(group) && group.some((feature) => FACTS.has(feature))) ? 1 : 0,
    odd: hasOddForm(features, expected.flat()) ? 1 : 0,
    evades: classifyOpening(reply) === 'answer' ? 0 : 1,
    echoes: coverage >= ECHO && !changes && !features.has('decides') && saysNothingNew(words, questionWords) ? 1 : 0,
    foreign: areForeign(questionWords, words) ? 1 : 0,
    empty: !changes && weight <= EMPTY && met.length === 0 ? 1 : 0,
  }
}

/** A name, a number or a yes, where one was asked for, and no more. */
function isBriefAnswer(words: readonly Word[], met: readonly Feature[]): boolean {
  if (words.length === 0 || words.length > BRIEF) return false
  const answers = met.filter((feature) => ANSWERS.has(feature))
  if (answers.some((feature) => feature !== 'name')) return true
  return (
    answers.length > 0 &&
    words.some(({ text, capital, kind }) => kind === 'characters' || (capital && !isCommonWord(text)))
  )
}

/** A form that replies have only where it is asked for, and it was not. */
function hasOddForm(features: ReadonlySet<Feature>, expected: readonly Feature[]): boolean {
  return [...features].some((feature) => FORMS.has(feature) && !expected.includes(feature))
}

/** Every word of meaning is the question's. */
function saysNothingNew(words: readonly Word[], question: readonly Word[]): boolean {
  const known = new Set(question.map(({ stem }) => stem))
  return words.every((word) => known.has(word.stem) || weightOf(word) === 0)
}

function areForeign(one: readonly Word[], other: readonly Word[]): boolean {
  const languages = [one, other].map((words) => languageByWords(words.map(({ text }) => text)))
  return languages[0] !== null && languages[1] !== null && languages[0] !== languages[1]
}
