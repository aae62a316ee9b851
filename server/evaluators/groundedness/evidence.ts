import { isSmallWord } from '../text/small-words.ts'
import type { Match } from '../text/vocabulary.ts'
import type { Word } from '../text/words.ts'
import type { Context } from './context.ts'

/** A word of the reply, with what the context has for it. */
export interface Weighed {
  word: Word
  weight: number
  /** In the context anywhere. */
  match: Match | null
  /** Its match is in the passages that the sentence rests on. */
  held: boolean
  /** It says something: no word of grammar. */
  meaning: boolean
}

/** What a sentence of the reply rests on. */
export interface Evidence {
  words: Weighed[]
  /** Numbers of the passages, best first. */
  passages: number[]
}

/** A word of the question that the context has not needs little support. */
const ECHO = 0.4
const MOST_PASSAGES = 4
/** A further passage has to hold so much of the sentence. */
const LEAST_GAIN = 0.12
/** Of the passages of a word that stands nearly everywhere so many are asked. */
const MOST_PLACES = 400

/** Finds the few passages that hold most of a sentence, by weight of its words: the best one, then what it lacks. */
export function findEvidence(words: readonly Word[], context: Context, asked: ReadonlySet<string>): Evidence {
  const weighed = words.map((word): Weighed => {
    const match = context.vocabulary.match(word)
    const meaning = word.kind !== 'word' || !isSmallWord(word.text)
    const echo = match === null && asked.has(word.stem)
    return { word, match, meaning, weight: context.weight(word, match) * (echo ? ECHO : 1), held: false }
  })
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  const gains = new Float64Array(context.passages.length)
  const leading = leadingOf(weighed)
  for (const each of leading) addGains(gains, each, context, 1)
  const passages: number[] = []
  while (passages.length < MOST_PASSAGES) {
    const best = largest(gains)
    const least = passages.length === 0 ? 0 : LEAST_GAIN * total
    if (!(gains[best]! > least)) break
    passages.push(best)
    const isNew = (each: Weighed) => !each.held && each.match !== null && isIn(context, each.match.stem, best)
    for (const each of leading) if (isNew(each)) addGains(gains, each, context, -1)
    for (const each of weighed) if (isNew(each)) each.held = true
    gains[best] = 0
  }
  return { words: weighed, passages }
}

/** The words by which passages are found, each once: those of meaning, or all where there are none. */
function leadingOf(words: readonly Weighed[]): Weighed[] {
  const byStem = new Map<string, Weighed>()
  const some = words.some(({ meaning, match }) => meaning && match !== null)
  for (const each of words)
    if (each.match !== null && (each.meaning || !some) && !byStem.has(each.match.stem))
      byStem.set(each.match.stem, each)
  return [...byStem.values()]
}

function addGains(gains: Float64Array, { match, weight }: Weighed, context: Context, sign: 1 | -1): void {
  const places = context.vocabulary.places.get(match!.stem)!
  const most = Math.min(places.length, MOST_PLACES)
  for (let at = 0; at < most; at++) gains[places[at]!]! += sign * weight * match!.quality
}

function largest(values: Float64Array): number {
  let most = 0
  for (let at = 1; at < values.length; at++) if (values[at]! > values[most]!) most = at
  return most
}

/** By halving: places are in order. */
function isIn(context: Context, stem: string, passage: number): boolean {
  const places = context.vocabulary.places.get(stem)!
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (places[middle]! < passage) low = middle + 1
    else high = middle
  }
  return places[low] === passage
}
