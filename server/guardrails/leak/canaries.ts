import { type WordFinder, wordFinder } from '../words/find.ts'
import { foldOf, isWordCharacter } from '../words/fold.ts'

/** Letters and digits below which a canary could stand in any text. */
const SHORTEST = 8

/**
 * Finders for texts that stand in a system prompt only so that a leak shows: as they are, in other cases, spaced out,
 * reversed, in base64 and in hexadecimal. Throws a TypeError for one that is too short.
 */
export function canaryFinders(canaries: readonly string[], category: string): WordFinder[] {
  if (canaries.length === 0) return []
  const plain: string[] = []
  const encoded: string[] = []
  for (const [at, canary] of canaries.entries()) {
    const folded = folding(canary, foldPlain)
    if (folded.length < SHORTEST)
      throw new TypeError(`\`canaries[${at}]\` must have at least ${SHORTEST} letters and digits`)
    plain.push(folded, [...folded].reverse().join(''))
    for (const form of new Set([canary, canary.toUpperCase(), canary.toLowerCase()])) {
      const bytes = Buffer.from(form)
      plain.push(bytes.toString('hex'))
      for (const before of [0, 1, 2]) encoded.push(base64Within(bytes, before))
    }
  }
  return [
    wordFinder([...new Set(plain)], { category, whole: false, fold: foldPlain }),
    wordFinder([...new Set(encoded)], { category, whole: false, fold: foldBase64 }),
  ]
}

/** Letters and digits alone. */
function foldPlain(code: number): string {
  return isWordCharacter(code) ? foldOf(code) : ''
}

/** The 64 digits, those for addresses as the others; what stands between them is passed over. */
function foldBase64(code: number): string {
  const character = String.fromCharCode(code)
  if (code === 0x2d) return '+'
  if (code === 0x5f) return '/'
  return code < 0x80 && (isWordCharacter(code) || character === '+' || character === '/') ? character : ''
}

function folding(text: string, fold: (code: number) => string): string {
  return Array.from(text, (character) => fold(character.codePointAt(0)!)).join('')
}

/** The digits that these bytes alone decide, where so many other bytes (modulo 3) stand before them. */
function base64Within(bytes: Buffer, before: number): string {
  const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  return digits.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
}
