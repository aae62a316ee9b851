import type { Context } from './context.ts'
import type { Weighed } from './evidence.ts'

/** Words that are said together stand no further apart. */
const NEAR = 6
/** They may stand the other way round. */
const REVERSED = 0.5
/** Of a word that is repeated so many places are looked at. */
const MOST_POSITIONS = 8

/** The share, by weight, of neighbouring words of meaning that are no neighbours in the passages, 0..1. */
export function scatterOf(words: readonly Weighed[], passages: readonly number[], context: Context): number {
  const positions = positionsIn(passages, context)
  const meaning = words.filter((each) => each.meaning)
  let [kept, all] = [0, 0]
  for (let at = 1; at < meaning.length; at++) {
    const [one, other] = [meaning[at - 1]!, meaning[at]!]
    all += one.weight + other.weight
    if (!one.held || !other.held) continue
    const [from, to] = [positions.get(one.match!.stem)!, positions.get(other.match!.stem)!]
    kept += (one.weight + other.weight) * nearness(from, to)
  }
  if (all > 0) return 1 - kept / all
  return meaning.every(({ held }) => held) ? 0 : 1
}

/** Where each stem stands, passages that follow each other read on. */
function positionsIn(passages: readonly number[], context: Context): Map<string, number[]> {
  const positions = new Map<string, number[]>()
  let position = 0
  for (const passage of [...passages].sort((one, other) => one - other)) {
    if (!passages.includes(passage - 1)) position += NEAR
    for (const { stem } of context.passages[passage]!) {
      const list = positions.get(stem)
      if (list === undefined) positions.set(stem, [position])
      else if (list.length < MOST_POSITIONS) list.push(position)
      position++
    }
  }
  return positions
}

function nearness(from: readonly number[], to: readonly number[]): number {
  let best = 0
  for (const one of from)
    for (const other of to) {
      if (other > one && other <= one + NEAR) return 1
      if (other < one && other >= one - NEAR) best = REVERSED
    }
  return best
}
