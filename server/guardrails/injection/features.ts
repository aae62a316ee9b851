import { cueNumber, NO_CUE } from './cues.ts'
import { type FeatureSink, TAG } from './feature-sink.ts'
import { bucketOf, hashOf, mix } from './hash.ts'
import { emitSegment, isOrdinary } from './segment-features.ts'
import type { Segments } from './segments.ts'
import { AFTER_SPACE, PUNCTUATION, type Tokens, WORD } from './tokens.ts'

/** So far back a cue may stand to make a pair with the next one. */
const CUE_REACH = 7
const ENDING = 16
const LONGEST_WITH_ENDING = 300
const YOU = cueNumber('you')

/** Finds the features of tokens, and of segments, which count with their first token. */
export function emitFeatures(text: string, tokens: Tokens, segments: Segments, sink: FeatureSink): void {
  let lastCue = NO_CUE
  let lastCueAt = -CUE_REACH
  let olderCue = NO_CUE
  let next = 0
  for (let token = 0; token < tokens.count; token++) {
    const opens = segments.from[next] === token
    if (opens) {
      emitSegment(text, tokens, segments, next, sink)
      next++
    }
    emitWords(tokens, token, opens, sink)
    if (tokens.kind[token] === WORD) emitLetters(tokens, token, sink)
    const cue = tokens.cue[token]!
    if (cue === NO_CUE) continue
    const near = token - lastCueAt < CUE_REACH
    emitCue(tokens, token, near ? lastCue : NO_CUE, near ? olderCue : NO_CUE, sink)
    if (cue === lastCue && near && cue === YOU) continue
    olderCue = near ? lastCue : NO_CUE
    lastCue = cue
    lastCueAt = token
  }
  emitEnding(text, tokens, sink)
}

/** Does prose end in what is no language? Such endings are found by search against a model. */
function emitEnding(text: string, tokens: Tokens, sink: FeatureSink): void {
  const { count } = tokens
  if (count < 2 * ENDING || count > LONGEST_WITH_ENDING) return
  const odd = oddities(text, tokens, count - ENDING, count)
  const before = oddities(text, tokens, 0, ENDING)
  const rise = Math.min(4, (odd - before) >> 2)
  if (rise <= 0) return
  sink.add(count - 1, bucketOf(mix(rise, TAG.ending)))
  sink.add(count - 1, bucketOf(mix(rise * 8 + Math.min(3, before >> 1), TAG.endingFrom)))
}

/** Marks that are not of sentences, marks without space around them, capitals inside words, words of other letters. */
function oddities(text: string, tokens: Tokens, from: number, to: number): number {
  let odd = 0
  for (let token = from; token < to; token++) {
    const unit = text.charCodeAt(tokens.start[token]!)
    if (tokens.kind[token] === PUNCTUATION) odd += isOrdinary(unit) ? 0 : 1
    else if (token > from && !(tokens.flags[token]! & AFTER_SPACE) && tokens.kind[token - 1] === PUNCTUATION) odd++
    else if (tokens.kind[token] === WORD && hasInnerCapital(text, tokens.start[token]! + 1, tokens.end[token]!)) odd++
  }
  return odd
}

function hasInnerCapital(text: string, from: number, to: number): boolean {
  for (let at = from; at < to && at < from + 16; at++) {
    const unit = text.charCodeAt(at)
    const before = text.charCodeAt(at - 1)
    if (unit >= 0x41 && unit <= 0x5a && before >= 0x61 && before <= 0x7a) return true
  }
  return false
}

/** The word, and with one and two before it. Nothing reaches over the beginning of a segment but pairs. */
function emitWords(tokens: Tokens, token: number, opens: boolean, sink: FeatureSink): void {
  const here = tokens.hash[token]!
  sink.add(token, bucketOf(mix(here, TAG.word)))
  if (token === 0) return
  const before = tokens.hash[token - 1]!
  sink.add(token, bucketOf(mix(mix(before, here), TAG.pair)))
  if (token === 1 || opens) return
  const older = tokens.hash[token - 2]!
  sink.add(token, bucketOf(mix(mix(older, mix(before, here)), TAG.triple)))
  if (tokens.kind[token] !== PUNCTUATION && tokens.kind[token - 2] !== PUNCTUATION)
    sink.add(token, bucketOf(mix(mix(older, here), TAG.skip)))
}

/** Runs of 3 to 5 letters of a word with its edges. */
function emitLetters(tokens: Tokens, token: number, sink: FeatureSink): void {
  const { letters } = tokens
  const from = tokens.lettersFrom[token]!
  const to = tokens.lettersFrom[token + 1]!
  for (let at = from - 1; at < to - 1; at++) {
    let hash = mix(TAG.letters, at < from ? EDGE : letters[at]!)
    hash = mix(hash, letters[at + 1]!)
    for (let length = 3; length <= 5; length++) {
      const last = at + length - 1
      if (last > to) break
      hash = mix(hash, last === to ? EDGE : letters[last]!)
      sink.add(token, bucketOf(hash))
    }
  }
}

const EDGE = 0x5f

/** A family alone, with the words beside it, and with the families shortly before it. */
function emitCue(tokens: Tokens, token: number, last: number, older: number, sink: FeatureSink): void {
  const cue = tokens.cue[token]!
  sink.add(token, bucketOf(mix(cue, TAG.cue)))
  if (token > 0) sink.add(token, bucketOf(mix(mix(tokens.hash[token - 1]!, cue), TAG.wordCue)))
  if (token > 0 && tokens.cue[token - 1] !== NO_CUE)
    sink.add(token, bucketOf(mix(mix(tokens.cue[token - 1]!, tokens.hash[token]!), TAG.cueWord)))
  if (last === NO_CUE) return
  sink.add(token, bucketOf(mix(mix(last, cue), TAG.cuePair)))
  if (older === NO_CUE) return
  sink.add(token, bucketOf(mix(mix(older, mix(last, cue)), TAG.cueTriple)))
  sink.add(token, bucketOf(mix(mix(older, cue), TAG.cueSkip)))
}

/** A feature that stands for a length, of which every window has one. */
export function lengthBucket(tokenCount: number): number {
  return LENGTH_BUCKETS[Math.min(9, 31 - Math.clz32(tokenCount | 1))]!
}

const LENGTH_BUCKETS = Array.from({ length: 10 }, (_, power) => bucketOf(mix(hashOf('length'), power)))
