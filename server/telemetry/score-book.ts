import type { Clock } from '../core/clock.ts'
import type { QualitySignal } from '../core/signals.ts'

/** After so long a score counts half: models change behind their names. */
const HALF_LIFE_MS = 2 * 24 * 3_600_000
/** Scores that count at most; further ones push the oldest aside. */
const MOST_SAMPLES = 500
const MOST_KEYS = 2000
/** Of the normal distribution, for 95 % confidence. */
const Z = 1.959964

/** Mean and weight of exponentially weighted scores: those of one target with one route's evaluators. */
interface Scores {
  mean: number
  weight: number
  at: number
}

/** Scores by key, each in constant space. The keys that got none for the longest time make room for new ones. */
export class ScoreBook {
  readonly #clock: Clock
  readonly #scores = new Map<string, Scores>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** A score of 0..1, given `ageMs` ago; of one key the older ones first. */
  note(key: string, score: number, ageMs = 0): void {
    const at = this.#clock.now() - ageMs
    const before = this.#scores.get(key)
    const kept = before ? Math.min(weightAt(before, at), MOST_SAMPLES - 1) : 0
    const value = Math.min(1, Math.max(0, score))
    this.#scores.delete(key)
    this.#scores.set(key, { mean: ((before?.mean ?? 0) * kept + value) / (kept + 1), weight: kept + 1, at })
    if (this.#scores.size > MOST_KEYS) this.#scores.delete(this.#scores.keys().next().value!)
  }

  read(key: string): QualitySignal {
    const scores = this.#scores.get(key)
    const weight = scores ? weightAt(scores, this.#clock.now()) : 0
    const samples = Math.round(weight)
    if (!scores || samples === 0) return { mean: null, lower: 0, upper: 1, samples: 0 }
    return { mean: scores.mean, ...wilsonBounds(scores.mean, weight), samples }
  }
}

function weightAt({ weight, at }: Scores, now: number): number {
  return weight * 2 ** (-Math.max(0, now - at) / HALF_LIFE_MS)
}

/**
 * The score interval of Wilson (1927), 95 %, for the mean of so many scores. Of scores between 0 and 1 it is wider
 * than it has to be, as their variance is at most that of a proportion, p(1−p).
 */
export function wilsonBounds(mean: number, samples: number): { lower: number; upper: number } {
  const z2 = (Z * Z) / samples
  const middle = (mean + z2 / 2) / (1 + z2)
  const half = (Math.sqrt((mean * (1 - mean)) / samples + z2 / (4 * samples)) * Z) / (1 + z2)
  return { lower: Math.max(0, middle - half), upper: Math.min(1, middle + half) }
}
