import { FORCES } from './kinds.ts'
import { isRoom, type Word } from './words.ts'

const POSTCODE = /^\d{5}$/
/** `TX` of `Dallas TX 75201`. */
const STATE = /^[a-z]{2,3}$/
const HOUSE = /^\d{1,3}$/

/**
 * The parts of an address from one word to another, as pairs of first and last word. One in a sentence is one thing. The
 * lines of a letterhead are by themselves; so are a street and a town that a comma parts, with no more about them.
 */
export function partsOf(words: readonly Word[], first: number, last: number): [number, number][] {
  const gaps = words.slice(first + 1, last + 1).map(({ gap }) => gap)
  const lines = gaps.filter((gap) => gap.includes('\n')).length
  const commas = gaps.filter((gap) => gap.includes(',')).length
  const inside = words.slice(first, last + 1)
  const rooms = inside.filter((_, index) => isOwnPart(words, first + index)).length
  if (inside.some(({ small }) => FORCES.has(small))) return [[first, last]]
  if (lines > 0) {
    if (commas > 0 || !(isOfLetterhead(words[first]!) || isAfterName(words, first))) return [[first, last]]
  } else if (rooms > 0 || commas > 1 || (commas === 1 && words[last]!.number)) return [[first, last]]
  return linesOf(words, first, last).flatMap(([from, to]) => splitLine(words, from, to))
}

function isOfLetterhead({ start, gap }: Word): boolean {
  return start === 0 || (gap.includes('\n') && !gap.includes(':'))
}

/** `Ann Lee Apt. 4`: somebody's name before a room, on its line. */
function isAfterName(words: readonly Word[], first: number): boolean {
  const before = words[first - 1]
  return before !== undefined && isOwnPart(words, first) && words[first]!.gap === ' ' && !before.common
}

function isOwnPart(words: readonly Word[], at: number): boolean {
  return isRoom(words, at) && words[at]!.small !== 'box'
}

function linesOf(words: readonly Word[], first: number, last: number): [number, number][] {
  const lines: [number, number][] = []
  let from = first
  for (let at = first + 1; at <= last + 1; at++) {
    if (at <= last && !/[\n,]/.test(words[at]!.gap)) continue
    lines.push([from, at - 1])
    from = at
  }
  return lines
}

/** Rooms, a house beside a street that has a number itself, and postcodes are parts of their own. */
function splitLine(words: readonly Word[], first: number, last: number): [number, number][] {
  const parts: [number, number][] = []
  let [from, to] = [first, last]
  if (from < to && isOwnPart(words, from)) {
    parts.push([from, from + 1])
    from += 2
  }
  const after: [number, number][] = []
  if (to > from && POSTCODE.test(words[to]!.small) && !words[to - 1]!.number) {
    after.push([to, to])
    to--
    if (to > from && words[to]!.capital && STATE.test(words[to]!.small)) {
      after.unshift([to, to])
      to--
    }
  }
  const numbers = words.slice(from, to + 1).filter(({ number }) => number).length
  if (numbers > 1 && HOUSE.test(words[from]!.small)) {
    parts.push([from, from])
    from++
  }
  if (from <= to) parts.push([from, to])
  return [...parts, ...after]
}
