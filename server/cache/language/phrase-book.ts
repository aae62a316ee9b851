import type { Token } from './token.ts'

/** Fixed phrases, found at an end of a text; none goes on after a comma or a full stop. */
export class PhraseBook {
  readonly #byFirst = new Map<string, string[][]>()
  readonly #byLast = new Map<string, string[][]>()

  /** Phrases with a bar between them. */
  constructor(phrases: string) {
    for (const phrase of phrases.split('|')) {
      const words = phrase.trim().split(/\s+/)
      push(this.#byFirst, words[0]!, words)
      push(this.#byLast, words.at(-1)!, words)
    }
  }

  /** Words of the longest phrase that begins at `start`; 0 where none does. */
  longestAt(tokens: readonly Token[], start: number, end: number): number {
    const candidates = start < end ? this.#byFirst.get(tokens[start]!.text) : undefined
    return longest(candidates, (words) => start + words.length <= end && matches(tokens, start, words))
  }

  /** Words of the longest phrase that ends before `end`. */
  longestBefore(tokens: readonly Token[], start: number, end: number): number {
    const candidates = start < end ? this.#byLast.get(tokens[end - 1]!.text) : undefined
    return longest(candidates, (words) => end - words.length >= start && matches(tokens, end - words.length, words))
  }
}

function push(index: Map<string, string[][]>, key: string, words: string[]): void {
  const list = index.get(key)
  if (list) list.push(words)
  else index.set(key, [words])
}

function longest(candidates: readonly string[][] | undefined, fits: (words: readonly string[]) => boolean): number {
  let best = 0
  for (const words of candidates ?? []) if (words.length > best && fits(words)) best = words.length
  return best
}

function matches(tokens: readonly Token[], at: number, words: readonly string[]): boolean {
  return words.every((word, index) => {
    const token = tokens[at + index]!
    return token.text === word && !(token.pause && index < words.length - 1)
  })
}
