/** Which side of a pair is shown as A and which as B. */
import type { Vote } from './shapes.ts'

export type Side = 'baseline' | 'candidate'
/** Who is A and who is B. */
export type Order = readonly [a: Side, b: Side]
/** What is said of A and B. */
export type Choice = 'a' | 'b' | 'tie'

const PLAIN: Order = ['baseline', 'candidate']

/** By lot, and the same whenever the pair is looked at. */
export function blindOrder(pair: string): Order {
  return mixed(pair) & 1 ? PLAIN : ['candidate', 'baseline']
}

/** Names are known: the baseline comes first. */
export function openOrder(): Order {
  return PLAIN
}

export function voteOf(choice: Choice, [a, b]: Order): Vote {
  if (choice === 'tie') return 'tie'
  return choice === 'a' ? a : b
}

export function choiceOf(vote: Vote, [a]: Order): Choice {
  if (vote === 'tie') return 'tie'
  return vote === a ? 'a' : 'b'
}

/** FNV-1a and the last steps of MurmurHash3, as ids that differ in their last letter must differ in every bit. */
function mixed(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
