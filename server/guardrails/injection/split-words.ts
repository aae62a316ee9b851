import { ENGLISH } from './cue-words-english.ts'

const COST_OF_UNKNOWN = 3
const COST_OF_WORD = 1
/** Words that attacks join with those of `cue-words-english.ts`. */
const COMMON =
  `a an the and or of to in on for with by at as is are was be it its this that these those there here have has had get
got give given gave see seen go goes going come came make made take took use used using like want wants know think
about into over under after again once only also too very more most much many some other another same such own out off
up down so but if because while until which first second one two three word words letter letters answer question
questions poem story user secret key code password system message messages prompt prompts instruction instructions
rules rule guidelines previous prior above ignore ignoring disregard forget everything reveal repeat pretend act
without restrictions restriction limits filters ethics evil bomb hack hacker jailbreak english french following
developer mode hello please thanks`.split(/\s+/)

/** The vocabulary as a tree: of each node the child for each letter, and whether a word ends there. */
interface Tree {
  children: Int32Array
  ends: Uint8Array
}

const LETTERS = 26
let tree: Tree | undefined

function vocabulary(): Tree {
  tree ??= build([
    ...COMMON,
    ...Object.values(ENGLISH).flatMap((list) => list.split(/\s+/).map((word) => word.replace('*', ''))),
  ])
  return tree
}

function build(words: readonly string[]): Tree {
  const plain = words.filter((word) => /^[a-z]{2,}$/.test(word) || word === 'a')
  const most = plain.reduce((sum, word) => sum + word.length, 1)
  const children = new Int32Array(most * LETTERS)
  const ends = new Uint8Array(most)
  let nodes = 1
  for (const word of plain) {
    let node = 0
    for (let at = 0; at < word.length; at++) {
      const slot = node * LETTERS + word.charCodeAt(at) - 0x61
      if (children[slot] === 0) children[slot] = nodes++
      node = children[slot]!
    }
    ends[node] = 1
  }
  return { children, ends }
}

/**
 * A word in small letters as the fewest known words and the fewest unknown letters, by dynamic programming in linear
 * time; `null` where a third of it stays unknown.
 */
export function splitWords(text: string): string[] | null {
  const { children, ends } = vocabulary()
  const lower = text.toLowerCase()
  const costs = new Float64Array(lower.length + 1).fill(Infinity)
  const from = new Int32Array(lower.length + 1)
  costs[0] = 0
  for (let start = 0; start < lower.length; start++) {
    relax(costs, from, start, start + 1, COST_OF_UNKNOWN)
    let node = 0
    for (let end = start; end < lower.length; ) {
      const letter = lower.charCodeAt(end) - 0x61
      node = letter >= 0 && letter < LETTERS ? children[node * LETTERS + letter]! : 0
      if (node === 0) break
      end++
      if (ends[node] === 1) relax(costs, from, start, end, COST_OF_WORD)
    }
  }
  const found: string[] = []
  let unknown = 0
  for (let end = lower.length; end > 0; end = from[end]!) {
    const word = lower.slice(from[end]!, end)
    if (word.length === 1 && word !== 'a') unknown++
    found.push(word)
  }
  return unknown * 3 > lower.length ? null : found.reverse()
}

function relax(costs: Float64Array, from: Int32Array, start: number, end: number, cost: number): void {
  if (costs[start]! + cost >= costs[end]!) return
  costs[end] = costs[start]! + cost
  from[end] = start
}
