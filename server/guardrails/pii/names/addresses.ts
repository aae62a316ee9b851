import type { Candidate } from '../../finder/candidate.ts'
import { ROOM, STREET } from './kinds.ts'
import { isParticle, type Word } from './words.ts'

/** Words before and after the one that shows an address, and units in all. */
const BACK = 7
const ON = 10
const UNITS = 140
/** Between the lines of an address, also quoted ones. */
const GAP = /^(?:[ ,.#?>-]{1,3}|[ ,]{0,2}\r?\n[ ,>?]{0,5})$/

/** Streets with their numbers, and what stands around them on the lines of an address. */
export function findStreets(text: string, words: readonly Word[], found: Candidate[]): void {
  for (let at = 0; at < words.length; at++) {
    if (!isSign(words, at)) continue
    const from = extend(words, at, -1, BACK)
    const to = extend(words, at, 1, ON)
    let first = from
    // An address begins with its number, a room or a street; what stands before the number is something else.
    while (first < at && !words[first]!.number) first++
    if (!words.slice(first, to + 1).some(({ number }) => number)) continue
    const start = words[first]!.start
    let last = to
    while (last > at && words[last]!.end - start > UNITS) last--
    if (words[at]!.end - start > UNITS) continue
    const end = words[last]!.end
    if (text.slice(start, end).length > 5) found.push({ start, end, category: 'LOCATION', score: 0.64 })
  }
}

function isSign(words: readonly Word[], at: number): boolean {
  const { small, number } = words[at]!
  if (number) return false
  const beside = (index: number) => words[index]?.number === true
  if (ROOM.test(small)) return beside(at + 1) && GAP.test(words[at + 1]!.gap)
  if (!STREET.test(small)) return isBetweenNumbers(words, at)
  for (let near = at - 4; near <= at + 4; near++) if (near !== at && beside(near)) return true
  return false
}

/** `98 Grote Baan 477`: a house, a name that no list has, and a number again. */
function isBetweenNumbers(words: readonly Word[], at: number): boolean {
  const next = words[at + 1]
  if (words[at]!.common || next?.number !== true || next.gap !== ' ') return false
  for (let near = at; near > at - 4 && near > 0; near--) {
    if (words[near]!.gap !== ' ') return false
    if (words[near - 1]!.number) return true
    if (words[near - 1]!.common) return false
  }
  return false
}

/** The farthest word in a direction that an address may have. */
function extend(words: readonly Word[], at: number, step: 1 | -1, most: number): number {
  let end = at
  for (let next = at + step; Math.abs(next - at) <= most; next += step) {
    const word = words[next]
    if (word === undefined) break
    const gap = step === 1 ? word.gap : words[next + 1]!.gap
    if (!GAP.test(gap)) break
    if (
      !word.number &&
      word.common &&
      !isParticle(word) &&
      !STREET.test(word.small) &&
      !ROOM.test(word.small) &&
      !word.capital
    )
      break
    if (step === 1 || word.number || !isParticle(word)) end = next
  }
  return end
}
