import { CONTEXT, LABEL } from '../finder/candidate.ts'
import { isSpace, SPACED } from '../finder/reach.ts'

const LETTER = /\p{L}/u

/** Word patterns as they search a whole text. */
const SEARCHES = new Map<RegExp, RegExp>()

/** What the words around a place in a text say. Each pattern goes over the text once, however many places ask. */
export class Surroundings {
  readonly #text: string
  readonly #places = new Map<RegExp, Int32Array>()
  #small: string | undefined
  #after = { start: -1, end: -1, words: '' }

  constructor(text: string) {
    this.#text = text
  }

  /** Whether it, in lower case, stands before a place; a blank line ends what words speak for. */
  before(start: number, words: RegExp): boolean {
    const places = this.#placesOf(words)
    let low = 0
    let high = places.length / 2
    while (low < high) {
      const middle = (low + high) >> 1
      if (places[2 * middle + 1]! <= start) low = middle + 1
      else high = middle
    }
    if (low === 0 || places[2 * low - 2]! < start - CONTEXT) return false
    return !this.#text.slice(places[2 * low - 1]!, start).includes('\n\n')
  }

  /** Whether it stands in the rest of the word, or in the word after it on the same line. */
  after(start: number, end: number, words: RegExp): boolean {
    if (this.#after.start !== start || this.#after.end !== end)
      this.#after = { start, end, words: this.#wordsAfter(start, end) }
    return this.#after.words !== '' && words.test(this.#after.words)
  }

  #wordsAfter(start: number, end: number): string {
    const text = this.#text
    let at = end
    while (at < end + LABEL && at < text.length && !isSpace(text.charCodeAt(at))) at++
    let words = text.slice(end, at)
    if (at - end <= 8 && text.charCodeAt(at) === 32 && this.#isShort(start, at)) {
      const next = at + 1
      for (at = next; at < next + LABEL - 1 && at < text.length && !isSpace(text.charCodeAt(at)); ) at++
      words = text.slice(end, at)
    }
    return LETTER.test(words) ? words.toLowerCase() : ''
  }

  /** A long word does not wait for the one after it. */
  #isShort(start: number, end: number): boolean {
    for (let at = start; at > 0 && !isSpace(this.#text.charCodeAt(at - 1)); at--)
      if (end - at > SPACED - 4) return false
    return end - start <= SPACED - 4
  }

  #placesOf(words: RegExp): Int32Array {
    const known = this.#places.get(words)
    if (known !== undefined) return known
    let search = SEARCHES.get(words)
    if (search === undefined) {
      search = new RegExp(words.source, `g${words.flags.replace('g', '')}`)
      SEARCHES.set(words, search)
    }
    this.#small ??= lowered(this.#text)
    const places: number[] = []
    for (const { index, 0: word } of this.#small.matchAll(search)) places.push(index, index + word.length)
    const kept = Int32Array.from(places)
    this.#places.set(words, kept)
    return kept
  }
}

/** Unit for unit: the few letters that have two in lower case stay as they are. */
function lowered(text: string): string {
  const small = text.toLowerCase()
  return small.length === text.length ? small : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
