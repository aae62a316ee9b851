import { isCommonWord } from '../../core/lexicon.ts'
import { isLightWord, isSmallWord } from '../text/small-words.ts'
import type { Word } from '../text/words.ts'

/** Words that say what is to be done, or in what form, and not what about. */
const TASK = new Set(
  `write generate create list describe explain give provide suggest summarize summarise compose design develop produce make
construct come identify classify categorize categorise determine find tell answer question questions name analyze analyse
compare evaluate discuss outline draft rewrite edit convert translate calculate compute predict recommend propose brainstorm
output input example examples following given text sentence sentences paragraph paragraphs word words article story poem
essay short brief detailed simple step steps list lists item items ideas idea topic statement phrase response reply format
form based using use used new different various appropriate relevant specific possible best main important main good two three
four five ten please help want like need would know show think imagine consider assume add remove change select choose
schreibe schreib erstelle nenne erklare beschreibe ubersetze fasse zusammen liste gib antworte frage text satz
ecris redige explique decris liste donne traduis resume reponds question texte phrase
escribe redacta explica describe enumera da traduce resume responde pregunta texto frase`.split(/\s+/),
)
/** Words that texts about anything have. */
const GENERIC = new Set(
  `people person time year years day days way ways thing things work world life part place case number group problem fact
system program company process result results level area change point information service product products business type
types kind data user users customer customers team home house family student students child children man woman men women
friend friends state city country government school book books game games food water money car high low long great small
large old young next last first second many much few better increase improve reduce effective quality value key common
popular general public social personal local human natural real true full clear available different example feel feeling
start end open close set run move live play learn read study talk speak look love well top right left`.split(/\s+/),
)
/** Said to be polite. */
const COURTESIES = new Set(
  'hi hello hey thanks thank thx bye goodbye ok okay morning evening hallo danke tschuss bonjour merci hola gracias ciao'.split(
    ' ',
  ),
)
const WEIGHTS = {
  task: 0.12,
  light: 0.25,
  generic: 0.5,
  common: 1,
  uncommon: 1.6,
  number: 0.6,
  characters: 0.5,
  syllables: 0.1,
}
const SYLLABLES = /^\p{sc=Hira}+$/u
/** Of a question so many words are read at either end. */
const MOST_WORDS = 150

/** A word that is asked about. */
export interface Topical {
  word: Word
  weight: number
}

/** What a question is about: its words of meaning, each once, by how much they tell of it. */
export function topicOf(all: readonly Word[]): Topical[] {
  const words = all.length > 2 * MOST_WORDS ? [...all.slice(0, MOST_WORDS), ...all.slice(-MOST_WORDS)] : all
  const topical = new Map<string, Topical>()
  for (const word of words) {
    const weight = weightOf(word)
    if (weight > 0 && !topical.has(word.stem)) topical.set(word.stem, { word, weight })
  }
  return [...topical.values()]
}

/** How much a word tells of what a text is about. */
export function weightOf({ text, kind, stem }: Word): number {
  if (kind === 'characters') return SYLLABLES.test(text) ? WEIGHTS.syllables : WEIGHTS.characters
  if (kind === 'number' || /^\d/.test(stem)) return WEIGHTS.number
  if (isSmallWord(text) || COURTESIES.has(text)) return 0
  if (TASK.has(text)) return WEIGHTS.task
  if (isLightWord(text)) return WEIGHTS.light
  if (GENERIC.has(text)) return WEIGHTS.generic
  return isCommonWord(text) ? WEIGHTS.common : WEIGHTS.uncommon
}
