import { readFileSync } from 'node:fs'
import { readWordSets, type WordSet } from './word-set.ts'

/** English words, built by `scripts/build-words.ts`; read when the first question comes. */
const FILE = new URL('../../resources/words/english.bin', import.meta.url)

interface Sets {
  common: WordSet
  rare: WordSet
  substances: WordSet
}

let sets: Sets | null = null

/** Is it an English word that everybody knows, and no name? In small letters, without accents. */
export function isCommonWord(word: string): boolean {
  sets ??= load()
  return sets.common.has(word)
}

/** Is it an English word at all, a name, a product, a medicine …? Plurals count with their singulars. */
export function isKnownWord(word: string): boolean {
  sets ??= load()
  if (sets.common.has(word) || sets.rare.has(word)) return true
  return word.endsWith('s') && sets.rare.has(word.slice(0, -1))
}

/** A medicine, a chemical, an illness: a name, although it is written small. */
export function isSubstance(word: string): boolean {
  sets ??= load()
  return sets.substances.has(word)
}

function load(): Sets {
  const [common, rare, substances] = readWordSets(readFileSync(FILE))
  if (!common || !rare || !substances)
    throw new Error('resources/words/english.bin does not hold its three sets of words')
  return { common, rare, substances }
}
