import { isCommonWord, isSubstance } from '../../core/lexicon.ts'
import { isMisspelling } from '../language/misspelling.ts'
import type { Question, Word } from '../language/read.ts'
import { unitOf } from '../language/units.ts'
import { isSameWord } from './align.ts'
import type { Slot } from './verdict.ts'

/** Names, acronyms, code and everything else that no dictionary has: what one question names, the other must name. */
export const names: Slot = {
  guard: 'names',
  differ(one, other) {
    const odd = [...missing(one, other), ...missing(other, one)].sort()
    return odd.length === 0 ? null : `names: ${[...new Set(odd)].slice(0, 3).join(', ')}`
  },
}

function missing(one: Question, other: Question): string[] {
  const there = new Map<string, Word[]>()
  for (const word of other.words) for (const key of new Set([word.text, word.stem])) push(there, key, word)
  const unknown = other.words.filter(isNamed)
  return one.words
    .filter((word) => isNamed(word) && !has(word, there) && !unknown.some((each) => isMisspelling(word, each)))
    .filter((word) => !other.words.some((each) => isMisspelling(word, each)))
    .map(({ text }) => text.slice(0, 40))
}

function has(word: Word, there: ReadonlyMap<string, readonly Word[]>): boolean {
  return [word.text, word.stem].some((key) => there.get(key)?.some((each) => isSameWord(word, each)))
}

function isNamed({ text, stem, kind, capital }: Word): boolean {
  if (kind === 'code') return true
  if (kind !== 'word' || !/\p{L}/u.test(text) || /\d/.test(text)) return false
  if (capital) return text.length > 1
  if (text.length === 1 || unitOf(text) !== null) return false
  return isSubstance(text) || (!isCommonWord(stem) && !isCommonWord(text))
}

function push(index: Map<string, Word[]>, key: string, word: Word): void {
  const list = index.get(key)
  if (list) list.push(word)
  else index.set(key, [word])
}
