import type { GuardMatch } from '../../core/guardrail.ts'
import { addEnding, type Found, wellFormedEnd } from '../inspection.ts'
import { LONGEST_GAP, LONGEST_WORD, type Word, wordsOf } from './tokens.ts'

/** What of a prompt stands in texts, word for word. */
export interface Overlap {
  /** Runs of so many words or more. */
  find(text: string): GuardMatch[]
  findSoFar(text: string): Found
}

/** Nothing further before a run has a say in it. */
export function overlapLookBehind(words: number): number {
  return words * (LONGEST_WORD + LONGEST_GAP)
}

/** Stands for the end of a run, and for words that the prompt has not. */
const NONE = '\0\x80'

/** Runs of `length` words that a text shares with `prompt`. Case, accents and what stands between words make no difference. */
export function overlapWith(prompt: string, length: number, category: string): Overlap {
  const codes = new Map<string, string>()
  let encoded = ''
  for (const word of wordsOf(prompt, prompt.length)) {
    let code = codes.get(word.text)
    if (code === undefined) {
      code = codeOf(codes.size + 1)
      codes.set(word.text, code)
    }
    encoded += word.follows ? code : NONE + code
  }
  const runs = new Set<string>()
  for (let at = 0; at + 2 * length <= encoded.length; at += 2) {
    const run = encoded.slice(at, at + 2 * length)
    if (!run.includes(NONE)) runs.add(run)
  }

  const codesOf = (words: readonly Word[]) => words.map(({ text }) => codes.get(text) ?? NONE)

  const find = (text: string, stop: number): GuardMatch[] => {
    if (runs.size === 0) return []
    const matches: GuardMatch[] = []
    const words = wordsOf(text, stop)
    const parts = codesOf(words)
    const all = parts.join('')
    // Words of the prompt in a row, up to this one.
    let known = 0
    for (const [last, part] of parts.entries()) {
      if (!words[last]!.follows) known = 0
      known = part === NONE ? 0 : known + 1
      const first = last - length + 1
      if (known < length || !runs.has(all.slice(2 * first, 2 * last + 2))) continue
      const [{ start }, { end }] = [words[first]!, words[last]!]
      addEnding(matches, start, end, category)
    }
    return matches
  }
  /** Where the earliest run begins that may become one in what follows, or go on there. */
  const pending = (text: string, stop: number): number => {
    if (runs.size === 0) return stop
    const from = Math.max(0, stop - (length + 1) * (LONGEST_WORD + LONGEST_GAP))
    const words = wordsOf(text.slice(from, stop), stop - from)
    const last = words.at(-1)
    if (last === undefined || stop - from - last.end > LONGEST_GAP) return stop
    // The last word may go on: what it will be is not known.
    const isOpen = last.end === stop - from && !last.isWhole
    let held = isOpen ? from + last.start : stop
    if (isOpen && !last.follows) return held
    if (isOpen) words.pop()
    const parts = codesOf(words)
    let run = ''
    for (let at = words.length - 1; at >= 0 && words.length - at < length; at--) {
      run = parts[at]! + run
      if (run.startsWith(NONE) || !encoded.includes(run)) break
      held = from + words[at]!.start
      if (!words[at]!.follows) break
    }
    return held
  }

  return {
    find: (text) => find(text, text.length),
    findSoFar(text) {
      const stop = wellFormedEnd(text)
      return { matches: find(text, stop), pending: pending(text, stop) }
    },
  }
}

/** Two units, the first and the second from different ranges, so that codes are found at their own places alone. */
function codeOf(number: number): string {
  return String.fromCharCode(number >> 7, 0x80 + (number & 0x7f))
}
