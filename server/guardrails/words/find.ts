import type { GuardMatch } from '../../core/guardrail.ts'
import { addEnding, type Found, wellFormedEnd } from '../inspection.ts'
import { foldOf, isWordCharacter } from './fold.ts'
import { wordTrie } from './trie.ts'

/**
 * Characters in a row that may be passed over within a word: accents, what is not seen, more blanks after a blank.
 * Bounded, so that how far a match reaches is.
 */
const MOST_IGNORED = 8
const BLANK_UNIT = 0x20

export interface WordFinder {
  /** In order; those that overlap are one. */
  find(text: string): GuardMatch[]
  findSoFar(text: string): Found
  readonly lookBehind: number
}

export interface WordFinding {
  category: string
  /** No letter or digit may stand beside a word. */
  whole: boolean
  /** What is compared of a code point: nothing where it is passed over. */
  fold(code: number): string
}

/** `words`: folded, not empty. */
export function wordFinder(folded: readonly string[], { category, whole, fold }: WordFinding): WordFinder {
  const trie = wordTrie(folded)
  const longest = Math.max(...folded.map(({ length }) => length))

  const scan = (text: string, stop: number) => {
    const matches: GuardMatch[] = []
    // Of the last folded units: where the character of each begins. A ring, as no word is longer.
    const starts = new Int32Array(longest)
    let count = 0
    let state = 0
    let ignored = 0
    let lastUnit = 0
    for (let at = 0; at < stop; ) {
      const code = text.codePointAt(at)!
      const end = at + (code > 0xffff ? 2 : 1)
      const units = fold(code)
      if (units === '' || (units === ' ' && lastUnit === BLANK_UNIT)) {
        if (++ignored > MOST_IGNORED) {
          state = 0
          lastUnit = 0
        }
        at = end
        continue
      }
      ignored = 0
      for (let unit = 0; unit < units.length; unit++) {
        lastUnit = units.charCodeAt(unit)
        state = trie.next(state, lastUnit)
        starts[count++ % longest] = at
        const word = trie.word(state)
        if (word !== 0) add(matches, text, stop, word, count, starts, end)
      }
      at = end
    }
    return { matches, state, count, starts }
  }

  const startOf = (state: number, count: number, starts: Int32Array) => starts[(count - trie.depth(state)) % longest]!

  const add = (
    matches: GuardMatch[],
    text: string,
    stop: number,
    word: number,
    count: number,
    starts: Int32Array,
    characterEnd: number,
  ) => {
    const end = endWithMarks(text, stop, characterEnd)
    if (whole && isWordAt(text, end)) return
    for (let state = word; state !== 0; state = trie.nextWord(state)) {
      const start = startOf(state, count, starts)
      if (whole && isWordBefore(text, start)) continue
      return addEnding(matches, start, end, category)
    }
  }

  return {
    // Each folded unit stands for one character at least, with what is passed over after it.
    lookBehind: 2 * (longest + 1) * (MOST_IGNORED + 1),
    find: (text) => scan(text, text.length).matches,
    findSoFar(text) {
      const stop = wellFormedEnd(text)
      const { matches, state, count, starts } = scan(text, stop)
      let held = state
      while (held !== 0 && whole && isWordBefore(text, startOf(held, count, starts))) held = trie.shorter(held)
      return { matches, pending: held === 0 ? stop : startOf(held, count, starts) }
    },
  }
}

/** Accents belong to the letter before them. */
function endWithMarks(text: string, stop: number, from: number): number {
  let end = from
  for (let count = 0; end < stop && count < MOST_IGNORED; count++) {
    const code = text.codePointAt(end)!
    if (foldOf(code) !== '' || !isWordCharacter(code)) break
    end += code > 0xffff ? 2 : 1
  }
  return end
}

function isWordAt(text: string, at: number): boolean {
  return at < text.length && isWordCharacter(text.codePointAt(at)!)
}

function isWordBefore(text: string, at: number): boolean {
  if (at === 0) return false
  const last = text.charCodeAt(at - 1)
  const pair = last >= 0xdc00 && last < 0xe000 && at > 1 ? text.codePointAt(at - 2)! : 0
  return isWordCharacter(pair > 0xffff ? pair : last)
}
