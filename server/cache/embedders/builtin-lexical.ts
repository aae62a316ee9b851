import type { Embedder } from '../../core/ports.ts'
import { readQuestion, type Word } from '../language/read.ts'

/** Questions at least this close are compared by the guards: chosen with `npm run eval:cache`. */
export const LEXICAL_THRESHOLD = 0.5
/** The same for an embedder that knows what words mean. */
export const DEFAULT_THRESHOLD = 0.95

const DIMENSIONS = 384
/** Of a longer text the beginning and the end are read. */
const LONGEST = 8000
const GRAM = 3
/** Words of no grammatical use carry a question, numbers tell it from the next one. Capitals do not count. */
const WEIGHTS = { content: 1, small: 0.35, slot: 1.3, pair: 0.35, grams: 0.9 }
const SMALL = new Set(
  `a an the is was be been being do did have had to of in on at for from by with as and or but if then than that this
these those it its i you he she we they me my your his her our their what which who how when where why can could will
would shall should may might must not there here so about into over under out up down off just any some`.split(/\s+/),
)
/** FNV-1a with the finishing steps of MurmurHash3, so that every bit depends on every letter. */
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/**
 * An embedder that needs no model: words in their normal form, neighbouring pairs of them and their letters in threes,
 * each hashed to one of 384 signed places (feature hashing, Weinberger et al. 2009, https://arxiv.org/abs/0902.2206).
 * It finds the same question said alike; what words mean it does not know, so it wants the strict guard beside it.
 */
export const builtinLexical: Embedder & { embedOne(text: string): Float32Array } = {
  id: 'builtin-lexical-1',
  dimensions: DIMENSIONS,
  embedOne,
  async embed(texts, signal) {
    const vectors: Float32Array[] = []
    for (const text of texts) {
      signal?.throwIfAborted()
      vectors.push(embedOne(text))
    }
    signal?.throwIfAborted()
    return vectors
  },
}

/** A unit vector, whatever the text. Takes time linear in its length up to 8,000 characters, and no longer after. */
function embedOne(text: string): Float32Array {
  const { words } = readQuestion(
    text.length > LONGEST ? `${text.slice(0, LONGEST / 2)}\n${text.slice(-LONGEST / 2)}` : text,
  )
  const vector = new Float32Array(DIMENSIONS)
  let before = '^'
  for (const word of words) {
    add(vector, hashOf(word.stem, FNV_OFFSET), weightOf(word))
    add(vector, hashOf(word.stem, hashOf(before, FNV_OFFSET ^ 1)), WEIGHTS.pair)
    if (word.kind === 'word' && !SMALL.has(word.stem)) addGrams(vector, word.stem)
    before = word.stem
  }
  return normalize(vector)
}

function weightOf(word: Word): number {
  if (word.kind === 'number' || word.kind === 'code') return WEIGHTS.slot
  return SMALL.has(word.stem) ? WEIGHTS.small : WEIGHTS.content
}

/** All of a word's letters in threes weigh together as much, however long it is. */
function addGrams(vector: Float32Array, word: string): void {
  const marked = `^${word}$`
  const count = Math.max(1, marked.length - GRAM + 1)
  const weight = WEIGHTS.grams / Math.sqrt(count)
  for (let at = 0; at < count; at++) add(vector, hashOf(marked, FNV_OFFSET ^ 2, at, at + GRAM), weight)
}

function hashOf(text: string, seed: number, start = 0, end = text.length): number {
  let hash = seed
  for (let index = start; index < end; index++) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function add(vector: Float32Array, hash: number, weight: number): void {
  const place = (hash >>> 1) % DIMENSIONS
  vector[place]! += (hash & 1) === 0 ? weight : -weight
}

/** What has no words, or whose words cancel out, stands at one place of its own. */
function normalize(vector: Float32Array): Float32Array {
  let sum = 0
  for (const value of vector) sum += value * value
  const length = Math.sqrt(sum)
  if (length > 1e-6) for (let index = 0; index < DIMENSIONS; index++) vector[index]! /= length
  else vector.fill(0).fill(1, 0, 1)
  return vector
}
