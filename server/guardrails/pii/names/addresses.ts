import type { Candidate } from '../../finder/candidate.ts'
import { partsOf } from './address-parts.ts'
import { FORCES, ROOM, SHIPS, STREET } from './kinds.ts'
import { isParticle, isRoom, isSpeech, type Word } from './words.ts'

/** Words before and after the one that shows an address, and units in all. */
const BACK = 9
const ON = 12
const UNITS = 140
/** Between the words of an address, and between its lines, also quoted ones. */
const GAP = /^(?:[ ,#-]{1,3}|\.?, |\.? ?[ ,]{0,2}\r?\n[ ,>?]{0,5})$/
const NEW_LINE = /\n/
const FIVE_DIGITS = /^\d{5}$/

/**
 * Streets with their numbers, and what stands around them on the lines of an address. Returns the indices of words where
 * one begins on a line of its own.
 */
export function findStreets(words: readonly Word[], named: Uint8Array, found: Candidate[]): Set<number> {
  const letterheads = new Set<number>()
  for (let at = 0; at < words.length; at++) {
    if (!isSign(words, at)) continue
    const from = extend(words, named, at, -1, BACK)
    let last = extend(words, named, at, 1, ON)
    let first = from
    // An address begins with its number, a room or a street; what stands before the number is something else.
    while (first < at && !begins(words, first)) first++
    if (!words.slice(first, last + 1).some(({ number }) => number)) continue
    const { start, gap } = words[first]!
    while (last > at && words[last]!.end - start > UNITS) last--
    if (words[at]!.end - start > UNITS || words[last]!.end - start <= 5) continue
    if (start === 0 || NEW_LINE.test(gap)) letterheads.add(first)
    for (const [one, other] of partsOf(words, first, last))
      found.push({
        start: words[one]!.start,
        end: words[other]!.end,
        category: 'LOCATION',
        score: one === first && other === last ? 0.64 : 0.645,
      })
  }
  return letterheads
}

function begins(words: readonly Word[], at: number): boolean {
  const { number, small } = words[at]!
  return number || SHIPS.has(small) || isRoom(words, at)
}

function isSign(words: readonly Word[], at: number): boolean {
  const { small, number } = words[at]!
  if (number) return false
  const beside = (index: number) => words[index]?.number === true
  if (FORCES.has(small)) return beside(at + 2) && /^a[aep]$/.test(words[at + 1]!.small)
  if (ROOM.test(small)) return beside(at + 1) && GAP.test(words[at + 1]!.gap)
  if (!STREET.test(small)) return isBetweenNumbers(words, at)
  for (let near = at - 4; near <= at + 4; near++) if (near !== at && beside(near)) return true
  return false
}

/** `98 Oude Kerkweg 31`: a house, a name that no list has, and a number again. */
function isBetweenNumbers(words: readonly Word[], at: number): boolean {
  const next = words[at + 1]
  if (words[at]!.common || next?.number !== true || next.gap !== ' ') return false
  for (let near = at; near > at - 4 && near > 0; near--) {
    if (words[near]!.gap !== ' ') return false
    if (words[near - 1]!.number) return true
    if (words[near - 1]!.common && !isParticle(words[near - 1]!)) return false
  }
  return false
}

/** The farthest word in a direction that an address may have. */
function extend(words: readonly Word[], named: Uint8Array, at: number, step: 1 | -1, most: number): number {
  let end = at
  for (let next = at + step; Math.abs(next - at) <= most; next += step) {
    const word = words[next]
    if (word === undefined || word.small === '') break
    const second = step === 1 ? word : words[next + 1]!
    if (!GAP.test(second.gap)) break
    // After a postcode, the next line is something else.
    if (NEW_LINE.test(second.gap) && second.number && FIVE_DIGITS.test(words[step === 1 ? next - 1 : next]!.small))
      break
    if (isSpeech(word) && named[next] === 0) break
    if (step === 1 || word.number || !isParticle(word)) end = next
  }
  return end
}
