import { performance } from 'node:perf_hooks'
import { compareQuestions, type GuardMode } from '../../server/cache/guards/index.ts'
import type { Embedder } from '../../server/core/ports.ts'
import type { Pair } from './slot-edits.ts'

/** How a pair of questions looks to the cache. */
export interface Judged extends Pair {
  similarity: number
  strict: boolean
  loose: boolean
}

const BATCH = 256

/** Embeds and compares all pairs. */
export async function judge(pairs: readonly Pair[], embedder: Embedder): Promise<Judged[]> {
  const judged: Judged[] = []
  for (let at = 0; at < pairs.length; at += BATCH) {
    const batch = pairs.slice(at, at + BATCH)
    // A question stands in several pairs, and an embedder may be paid by the text.
    const texts = [...new Set(batch.flatMap(({ asked, cached }) => [asked, cached]))]
    const vectors = await embedder.embed(texts)
    const vectorOf = new Map(texts.map((text, index) => [text, vectors[index]!]))
    for (const pair of batch)
      judged.push({
        ...pair,
        similarity: cosine(vectorOf.get(pair.asked)!, vectorOf.get(pair.cached)!),
        strict: compareQuestions(pair.asked, pair.cached, 'strict').passed,
        loose: compareQuestions(pair.asked, pair.cached, 'loose').passed,
      })
  }
  return judged
}

/** Of unit vectors. */
export function cosine(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let index = 0; index < one.length; index++) sum += one[index]! * other[index]!
  return sum
}

export type Guard = GuardMode | 'none'

export function isHit({ similarity, strict, loose }: Judged, guard: Guard, threshold: number): boolean {
  if (similarity < threshold) return false
  return guard === 'none' || (guard === 'strict' ? strict : loose)
}

/** Shares in per cent; `null` where there was nothing to divide by. */
export interface Row {
  pairs: number
  hits: number
  /** Of the hits. */
  wrongHits: number | null
  /** Of the pairs that ask for something else. */
  wrong: number | null
  /** Of the pairs that ask the same. */
  recall: number | null
}

export function tally(judged: readonly Judged[], guard: Guard, threshold: number): Row {
  const hits = judged.filter((pair) => isHit(pair, guard, threshold))
  const wrong = hits.filter(({ same }) => !same).length
  const same = judged.filter((pair) => pair.same).length
  return {
    pairs: judged.length,
    hits: hits.length,
    wrongHits: share(wrong, hits.length),
    wrong: share(wrong, judged.length - same),
    recall: share(hits.length - wrong, same),
  }
}

/** Area under the curve of recall over false alarms: by the ranks of the pairs that are the same (Mann and Whitney). */
export function rocAuc(judged: readonly Judged[]): number {
  const sorted = [...judged].sort((one, other) => one.similarity - other.similarity)
  let ranks = 0
  let same = 0
  for (let at = 0; at < sorted.length; ) {
    let end = at
    while (end < sorted.length && sorted[end]!.similarity === sorted[at]!.similarity) end++
    const alike = sorted.slice(at, end).filter((pair) => pair.same).length
    ranks += alike * ((at + 1 + end) / 2)
    same += alike
    at = end
  }
  return (ranks - (same * (same + 1)) / 2) / (same * (sorted.length - same))
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : (100 * part) / whole
}

/** Microseconds that one call takes, of many. */
export function timeOf(calls: number, call: (index: number) => void): number {
  const start = performance.now()
  for (let index = 0; index < calls; index++) call(index)
  return ((performance.now() - start) * 1000) / calls
}
