import type { View } from './view.ts'

/** Frequent words and those that attacks need; what reads as several of them turned is turned text. */
const WORDS =
  `the and you your all are ignore previous instructions instruction prompt system reveal password secret tell what from
forget rules now print show say with that this me above everything say send please before for not was were have about
without anything answer word words question write give need want will can could would should must never only just any
repeat output text start message told says first last key code who how user`.split(/\s+/)
/** So many words of a text must be known ones after turning, and one in `ONE_IN`; of few words one in `ONE_IN_FEW`. */
const FEWEST = 3
const ONE_IN = 6
const FEWEST_OF_FEW = 2
const ONE_IN_FEW = 4
const SHORTEST_WORD = 3

const rotatedWords = new Set(WORDS.filter((word) => word.length >= SHORTEST_WORD).map(rotate))
const reversedWords = new Set(WORDS.filter((word) => word.length >= SHORTEST_WORD).map(reverse))
const plainWords = new Set(WORDS)

export const ROTATED = 1
export const REVERSED = 2
const SLOTS = 1 << 12
const turnedHashes = new Int32Array(SLOTS)
const turnedKinds = new Uint8Array(SLOTS)
for (const [words, kind] of [
  [rotatedWords, ROTATED],
  [reversedWords, REVERSED],
] as const)
  for (const word of words) {
    const hash = hashOfWord(word)
    if (plainWords.has(word)) continue
    turnedHashes[slotOf(hash)] = hash
    turnedKinds[slotOf(hash)] = kind
  }

/** Is this the hash of a turned word, of small letters with a factor of 31? 0: no. Of two in one slot one is known. */
export function looksTurned(hash: number): number {
  const slot = slotOf(hash)
  return turnedHashes[slot] === hash ? turnedKinds[slot]! : 0
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 12)) & (SLOTS - 1)
}

function hashOfWord(word: string): number {
  let hash = 0
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, 31) + word.charCodeAt(at)) | 0
  return hash
}

/** Letters moved by 13. `null` where the text does not read like that. */
export function rotatedView(text: string): View | null {
  if (!reads(text, rotatedWords)) return null
  return { name: 'rot13', text: rotate(text), original: (start, end) => ({ start, end }) }
}

/** Written backwards. `null` where the text does not read like that. */
export function reversedView(text: string): View | null {
  if (!reads(text, reversedWords)) return null
  const { length } = text
  return {
    name: 'reversed text',
    text: reverse(text),
    original: (start, end) => ({ start: length - end, end: length - start }),
  }
}

/** Are there words of the set, and more than of plain ones? */
function reads(text: string, turned: ReadonlySet<string>): boolean {
  let words = 0
  let found = 0
  let plain = 0
  for (let at = 0; at < text.length; ) {
    if (!isLetter(text.charCodeAt(at))) {
      at++
      continue
    }
    const from = at
    while (at < text.length && isLetter(text.charCodeAt(at))) at++
    words++
    if (at - from < SHORTEST_WORD || at - from > 12) continue
    const word = text.slice(from, at).toLowerCase()
    if (turned.has(word)) found++
    else if (plainWords.has(word)) plain++
  }
  if (found <= plain) return false
  return (found >= FEWEST && found * ONE_IN >= words) || (found >= FEWEST_OF_FEW && found * ONE_IN_FEW >= words)
}

function isLetter(unit: number): boolean {
  const small = unit | 0x20
  return small >= 0x61 && small <= 0x7a
}

function rotate(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const unit = letter.charCodeAt(0)
    const first = unit < 0x61 ? 0x41 : 0x61
    return String.fromCharCode(((unit - first + 13) % 26) + first)
  })
}

function reverse(text: string): string {
  return text.split('').reverse().join('')
}
