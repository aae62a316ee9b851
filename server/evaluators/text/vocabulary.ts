import { monthOf, monthsIn } from './months.ts'
import { areOpposites } from './opposites.ts'
import { isSmallWord } from './small-words.ts'
import { rootOf } from './stems.ts'
import { meaningOf, nameOf } from './synonyms.ts'
import type { Word } from './words.ts'

/** A word as it stands in another text. */
export interface Match {
  /** Its stem there. */
  stem: string
  by: keyof typeof QUALITY
  /** 1 for the same word, less for one that is like it. */
  quality: number
}

/** How a word may be there: itself, as another name, date or word for the same, as one of its family, as part of it. */
const QUALITY = { same: 1, name: 1, month: 0.9, meaning: 0.9, root: 0.8, part: 0.7, kin: 0.6 }
const BEGINNING = 4
const MOST_KIN = 24
const LIKE_AT_LEAST = 5
const LIKE_SHARE = 0.6
const LONGEST_ENDING = 3
const SHORTEST_COMPOUND = 9
const LONGEST_COMPOUND = 30
const SHORTEST_PART = 4
const SHORTEST_END = 5
const INITIALS = { least: 2, most: 5 }

/** The words of a text, to be asked for words of another one. */
export class Vocabulary {
  /** Where each stem stands: the places it was added with, each once, in order. */
  readonly places = new Map<string, number[]>()
  readonly #meanings = new Map<string, string>()
  readonly #names = new Map<string, string>()
  readonly #roots = new Map<string, string>()
  readonly #kin = new Map<string, string[]>()
  readonly #endings = new Map<string, string[]>()
  readonly #initials = new Map<string, string>()
  readonly #months = new Map<number, string>()
  readonly #known = new Map<string, Match | null>()

  /** `place`: the number of a passage, not smaller than the ones before. */
  add(words: readonly Word[], place: number): void {
    for (const word of words) this.#addWord(word, place)
    this.#addInitials(words)
    for (const { value, stem } of monthsIn(words)) this.#months.set(value, stem)
  }

  /** The word that is there for it: the same, of the same meaning, of the same family, or part of it; else `null`. */
  match(word: Word): Match | null {
    const key = (word.capitals ? '^^' : word.capital ? '^' : '') + word.stem
    let match = this.#known.get(key)
    if (match === undefined) {
      match = this.#find(word)
      this.#known.set(key, match)
    }
    return match
  }

  #addWord(word: Word, place: number): void {
    const { stem } = word
    const places = this.places.get(stem)
    if (places !== undefined) {
      if (places.at(-1) !== place) places.push(place)
      return
    }
    this.places.set(stem, [place])
    if (word.kind !== 'word' || isSmallWord(word.text)) return
    const meaning = meaningOf(stem)
    if (meaning !== null) this.#meanings.set(meaning, stem)
    const name = nameOf(stem)
    if (name !== null) this.#names.set(name, stem)
    const root = rootOf(stem)
    if (!this.#roots.has(root)) this.#roots.set(root, stem)
    if (stem.length >= BEGINNING) list(this.#kin, stem.slice(0, BEGINNING), stem)
    if (stem.length >= SHORTEST_COMPOUND) list(this.#endings, stem.slice(-SHORTEST_END), stem)
  }

  /** Of `United States` they are `us`. */
  #addInitials(words: readonly Word[]): void {
    let run = ''
    for (const word of words) {
      run = word.capital && !word.capitals ? (run + word.text[0]!).slice(-INITIALS.most) : ''
      for (let length = INITIALS.least; length <= run.length; length++)
        this.#initials.set(run.slice(-length), word.stem)
      if (word.pause) run = ''
    }
  }

  #find(word: Word): Match | null {
    const { stem, text, kind } = word
    if (this.places.has(stem)) return found('same', stem)
    const month = word.capital ? monthOf(text) : null
    if (kind !== 'word' || (isSmallWord(text) && !word.capitals && month === null)) return null
    const meaning = meaningOf(stem)
    return (
      found('name', word.capitals ? this.#initials.get(text) : undefined) ??
      found('name', this.#names.get(nameOf(stem) ?? '')) ??
      found('month', this.#months.get(month ?? 0)) ??
      found('meaning', meaning === null ? undefined : this.#meanings.get(meaning)) ??
      found('root', this.#roots.get(rootOf(stem))) ??
      found('kin', this.#kinOf(stem)) ??
      found('part', this.#partOf(stem) ?? this.#compoundOf(stem))
    )
  }

  /** One that begins alike and is about as long. */
  #kinOf(stem: string): string | undefined {
    return this.#kin.get(stem.slice(0, BEGINNING))?.find((other) => {
      const shorter = Math.min(stem.length, other.length)
      const longer = Math.max(stem.length, other.length)
      let same = BEGINNING
      while (same < shorter && stem[same] === other[same]) same++
      if (same >= LIKE_AT_LEAST && same >= longer * LIKE_SHARE) return true
      return same === shorter && longer - same <= LONGEST_ENDING
    })
  }

  /** A part of a compound, where the other one is there too: `Rückgabefrist`, `bodybuilding`. */
  #partOf(stem: string): string | undefined {
    if (stem.length < SHORTEST_COMPOUND || stem.length > LONGEST_COMPOUND) return undefined
    for (let at = SHORTEST_PART; at <= stem.length - SHORTEST_PART; at++) {
      const [head, tail] = [stem.slice(0, at), stem.slice(at)]
      if (this.places.has(tail) && (this.places.has(head) || this.#roots.has(rootOf(head)))) return tail
    }
    return undefined
  }

  /** A compound that it begins or ends: `Schublade` of `Waschmittelschublade`. */
  #compoundOf(stem: string): string | undefined {
    if (stem.length < SHORTEST_END) return undefined
    const ended = this.#endings.get(stem.slice(-SHORTEST_END))?.find((long) => long.endsWith(stem))
    if (ended !== undefined && !areOpposites(ended, stem)) return ended
    const begun = this.#kin.get(stem.slice(0, BEGINNING))
    return begun?.find((long) => long.startsWith(stem) && long.length >= SHORTEST_COMPOUND)
  }
}

function list(lists: Map<string, string[]>, key: string, stem: string): void {
  const kin = lists.get(key)
  if (kin === undefined) lists.set(key, [stem])
  else if (kin.length < MOST_KIN) kin.push(stem)
}

function found(by: Match['by'], stem: string | undefined): Match | null {
  return stem === undefined ? null : { stem, by, quality: QUALITY[by] }
}
