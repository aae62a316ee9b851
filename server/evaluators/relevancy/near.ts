import { splitSentences } from '../text/sentences.ts'
import { Vocabulary } from '../text/vocabulary.ts'
import { readWords, type Word } from '../text/words.ts'
import { type Topical, weightOf } from './topic.ts'

/** So many sentences of a context are taken to hold the answer. */
const MOST_PASSAGES = 3

/** The share of a reply's weight that stands in the sentences of the context nearest to the question, 0..1. */
export function nearnessOf(topic: readonly Topical[], words: readonly Word[], context: string): number {
  if (context === '') return 0
  const passages = splitSentences(context).map(({ start, end }) => readWords(context, start, end))
  const vocabulary = new Vocabulary()
  passages.forEach((passage, place) => {
    vocabulary.add(passage, place)
  })
  const gains = new Float64Array(passages.length)
  for (const { word, weight } of topic) {
    const match = vocabulary.match(word)
    if (match === null) continue
    const places = vocabulary.places.get(match.stem)!
    // The fewer sentences have it, the more it tells.
    for (const place of places) gains[place]! += (weight * match.quality) / Math.sqrt(places.length)
  }
  const best = [...gains.keys()]
    .filter((place) => gains[place]! > 0)
    .sort((one, other) => gains[other]! - gains[one]! || one - other)
  const nearest = new Vocabulary()
  best.slice(0, MOST_PASSAGES).forEach((place, at) => {
    nearest.add(passages[place]!, at)
  })
  const whole = words.reduce((sum, word) => sum + weightOf(word), 0)
  const held = words.reduce((sum, word) => sum + weightOf(word) * (nearest.match(word)?.quality ?? 0), 0)
  return whole === 0 ? 0 : held / whole
}
