import type { Score } from '../core/evaluation.ts'

/** Of evaluators that know no grades: 1 or 0. */
export function verdict(passed: boolean, reason: string): Score {
  return { score: passed ? 1 : 0, passed, reason }
}
