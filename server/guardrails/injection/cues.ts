import { alphabet, DIGIT, LETTER, UNSPACED } from './alphabet.ts'
import { CUE_NAMES, type CueName } from './cue-names.ts'
import { ENGLISH } from './cue-words-english.ts'
import { EUROPE } from './cue-words-europe.ts'
import { WORLD } from './cue-words-world.ts'
import { mix, WORD_SEED } from './hash.ts'

export const NO_CUE = 0

/** The number of a family, as tokens carry it. */
export function cueNumber(name: CueName): number {
  return CUE_NAMES.indexOf(name) + 1
}

/** Answers with the number of a family or `NO_CUE`. Hashes are of folded letters, mixed one by one from `WORD_SEED`. */
export interface CueTable {
  /** Of a whole word. */
  word(hash: number): number
  /** Of words that begin so. */
  stem(hash: number): number
  /** Of the longest known word that begins at `at`, in a script without spaces. */
  ofGlyphs(text: string, at: number): number
}

const LONGEST_GLYPH_WORD = 14
/** Slots of the tables: a power of two, several times the number of words. */
const SLOTS = 1 << 14

/** From hashes to small numbers, without boxing: open addressing. 0 is nothing. */
class HashTable {
  readonly #keys = new Int32Array(SLOTS)
  readonly #values = new Uint8Array(SLOTS)

  /** The first entry of a key stays. */
  set(key: number, value: number): void {
    let slot = key & (SLOTS - 1)
    while (this.#values[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & (SLOTS - 1)
    if (this.#values[slot] !== 0) return
    this.#keys[slot] = key
    this.#values[slot] = value
  }

  get(key: number): number {
    let slot = key & (SLOTS - 1)
    while (this.#values[slot] !== 0) {
      if (this.#keys[slot] === key) return this.#values[slot]!
      slot = (slot + 1) & (SLOTS - 1)
    }
    return NO_CUE
  }
}

let built: CueTable | undefined

/** Made on first use. */
export function cueTable(): CueTable {
  built ??= build()
  return built
}

function build(): CueTable {
  const { kinds, folded } = alphabet()
  const words = new HashTable()
  const stems = new HashTable()
  for (const source of [ENGLISH, EUROPE, WORLD])
    for (const [name, list] of Object.entries(source))
      for (const entry of list.split(/\s+/)) {
        const isStem = entry.endsWith('*')
        const word = isStem ? entry.slice(0, -1) : entry
        const cue = cueNumber(name as CueName)
        ;(isStem ? stems : words).set(hashOfText(word, kinds, folded), cue)
      }
  return {
    word: (hash) => words.get(hash),
    stem: (hash) => stems.get(hash),
    ofGlyphs(text, at) {
      let hash = WORD_SEED
      let found = NO_CUE
      const to = Math.min(text.length, at + LONGEST_GLYPH_WORD)
      for (let next = at; next < to && kinds[text.charCodeAt(next)] === UNSPACED; next++) {
        hash = mix(hash, folded[text.charCodeAt(next)]!)
        found = words.get(hash) || found
      }
      return found
    },
  }
}

/** As the tokeniser folds words: apostrophes and hyphens are no letters. */
function hashOfText(word: string, kinds: Uint8Array, folded: Uint16Array): number {
  let hash = WORD_SEED
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at)
    if (kinds[unit] === LETTER || kinds[unit] === UNSPACED || kinds[unit] === DIGIT) hash = mix(hash, folded[unit]!)
  }
  return hash
}
