import { isCommonWord } from '../../core/lexicon.ts'
import { monthOf } from '../text/months.ts'
import { readNumbers } from '../text/numbers.ts'
import { splitSentences } from '../text/sentences.ts'
import { isLightWord, isSmallWord, languageByWords } from '../text/small-words.ts'
import { type Match, Vocabulary } from '../text/vocabulary.ts'
import { readWords, type Word } from '../text/words.ts'
import { Quotes } from './quotes.ts'

/** Between the head of a table and its rows, which are read with it. */
const RULE = '--'
const LONGEST_RULE = 200
const LONGEST_HEAD = 16
/** Longer sentences are cut. */
const LONGEST_PASSAGE = 48
/** What a word weighs before it is known how rare it is in the context. */
const WEIGHTS = { number: 1.5, uncommon: 1.3, common: 1, light: 0.4, characters: 0.7, syllables: 0.2, small: 0.1 }
const SYLLABLES = /^\p{sc=Hira}+$/u
const RARITY = 10
/** Words by which the language is told. */
const LANGUAGE_SAMPLE = 500
/** Fewer words are of no language. */
const FEW = 4

/** The text that a reply may rest on, sentence by sentence. */
export class Context {
  readonly passages: (readonly Word[])[] = []
  readonly vocabulary = new Vocabulary()
  readonly numbers = new Set<number>()
  /** ISO 639-1 code where it is clear. */
  readonly language: string | null
  /** Written without spaces, for the most part. */
  readonly unspaced: boolean
  readonly quotes: Quotes

  constructor(text: string) {
    const texts: string[] = []
    let [pairs, all] = [0, 0]
    let header: readonly Word[] = []
    let before = 0
    for (const { start, end } of splitSentences(text)) {
      const row = text.slice(start, end).includes('|')
      const ruled = text.slice(before, Math.min(start, before + LONGEST_RULE)).includes(RULE)
      const words = readWords(text, start, end)
      pairs += words.filter(({ kind }) => kind === 'characters').length
      all += words.length
      if (words.length > 0) words.at(-1)!.pause = true
      if (!row) header = []
      else if (ruled) header = (this.passages.at(-1) ?? []).slice(0, LONGEST_HEAD)
      before = end
      for (const { values } of readNumbers(words)) for (const value of values) this.#addNumber(value)
      for (const { text } of words) if (monthOf(text) !== null) this.numbers.add(monthOf(text)!)
      for (let at = 0; at < words.length; at += LONGEST_PASSAGE) {
        const passage = [...words.slice(at, at + LONGEST_PASSAGE), ...header]
        this.vocabulary.add(passage, this.passages.length)
        this.passages.push(passage)
      }
      if (texts.length < LANGUAGE_SAMPLE) for (const word of words) texts.push(word.text)
    }
    this.unspaced = pairs > all / 2
    this.language = languageByWords(texts)
    this.quotes = new Quotes(text)
  }

  /** A decade is also said by its last figures. */
  #addNumber(value: number): void {
    this.numbers.add(value)
    if (value % 10 === 0 && value >= 1900 && value < 2100) this.numbers.add(value % 100)
  }

  /** Are words clearly in another language, or in a script without spaces where the context has none, or the other way? */
  isForeign(words: readonly Word[]): boolean {
    const language = languageByWords(words.slice(0, LANGUAGE_SAMPLE).map(({ text }) => text))
    if (language !== null && this.language !== null) return language !== this.language
    const unspaced = words.filter(({ kind }) => kind === 'characters').length > words.length / 2
    return words.length >= FEW && unspaced !== this.unspaced
  }

  /** What a word of the reply weighs: by its kind, and the more the fewer passages have it (idf, smoothed). */
  weight(word: Word, match: Match | null): number {
    const all = this.passages.length
    const having = match === null ? 0 : this.vocabulary.places.get(match.stem)!.length
    return (baseWeight(word) * Math.log((all + 2 * RARITY) / (having + RARITY))) / Math.log((all + 2 * RARITY) / RARITY)
  }
}

function baseWeight({ text, kind }: Word): number {
  if (kind === 'number') return WEIGHTS.number
  if (kind === 'characters') return SYLLABLES.test(text) ? WEIGHTS.syllables : WEIGHTS.characters
  if (isSmallWord(text)) return WEIGHTS.small
  if (isLightWord(text)) return WEIGHTS.light
  return isCommonWord(text) ? WEIGHTS.common : WEIGHTS.uncommon
}
