import type { RocPoint } from './guardrail-tuning-schemas.ts'

/** A labelled text: its score, and whether there was something to be found. */
export interface Labelled {
  score: number
  harmful: boolean
}

/** How the texts fall apart where a score counts from `threshold` on. A score of 0 never counts. */
export function splitAt(labelled: readonly Labelled[], threshold: number): RocPoint {
  const point = { threshold, true_positives: 0, false_positives: 0, true_negatives: 0, false_negatives: 0 }
  for (const { score, harmful } of labelled) {
    const isFound = score > 0 && score >= threshold
    if (harmful) point[isFound ? 'true_positives' : 'false_negatives'] += 1
    else point[isFound ? 'false_positives' : 'true_negatives'] += 1
  }
  return point
}

/** One point for each score that occurs, from one above all of them, where nothing is found, down to 0. */
export function rocOf(labelled: readonly Labelled[]): RocPoint[] {
  if (labelled.length === 0) return []
  const scores = [...new Set(labelled.map(({ score }) => score))].filter((score) => score > 0)
  return [NOTHING_COUNTS, ...scores.sort((one, other) => other - one)].map((threshold) => splitAt(labelled, threshold))
}

const NOTHING_COUNTS = 2

/**
 * Area under the receiver operating characteristic: how often something harmful scores above something harmless, ties
 * counting half (Mann and Whitney's U over the number of pairs). `null` without some of both.
 */
export function areaOf(labelled: readonly Labelled[]): number | null {
  const harmful = labelled.filter((each) => each.harmful).map(({ score }) => score)
  const harmless = labelled.filter((each) => !each.harmful).map(({ score }) => score)
  if (harmful.length === 0 || harmless.length === 0) return null
  const sorted = harmless.toSorted((one, other) => one - other)
  const wins = harmful.reduce((sum, score) => sum + (countBelow(sorted, score) + countUpTo(sorted, score)) / 2, 0)
  return wins / (harmful.length * harmless.length)
}

function countBelow(sorted: readonly number[], limit: number): number {
  return countWhile(sorted, (value) => value < limit)
}

function countUpTo(sorted: readonly number[], limit: number): number {
  return countWhile(sorted, (value) => value <= limit)
}

/** How many values of the beginning hold, where after the first that does not none does. */
function countWhile(sorted: readonly number[], holds: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(sorted[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}
