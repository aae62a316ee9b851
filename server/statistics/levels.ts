/**
 * How the probability of a false answer is shared out.
 *
 * Overall `non-inferior` is said when every decisive metric is non-inferior. That is an intersection-union test (Berger 1982,
 * Technometrics 24(4)): where the candidate is in truth worse by some metric, that metric's own test must err, so no
 * correction is needed however many there are. Overall `worse` is said when any of k is worse, so each may err with 1/k of the
 * probability (Bonferroni). Each of the two gets half of alpha: together they err with at most alpha even where the truth
 * lies exactly on the bar and both would be false.
 */

export interface SideErrors {
  /** Of saying `non-inferior` of one metric. */
  nonInferior: number
  /** Of saying `worse` of it. */
  worse: number
}

/** For one metric of so many decisive ones; 1 for one that stands alone. */
export function sideErrors(alpha: number, decisive: number): SideErrors {
  return { nonInferior: alpha / 2, worse: alpha / 2 / Math.max(1, decisive) }
}

/** The first so many cohorts have about the same share; later ones have less, but always some. */
const EVEN_COHORTS = 5

/**
 * Alpha of the cohort that appeared as the `index`-th, from 0. Cohorts (tenants, models, values of metadata) come as they
 * come and nobody can say how many there will be. So the shares are fixed by the order of appearance:
 * c/((k+c-1)(k+c)) for the k-th, which sum to 1 over all k ≥ 1. When a cohort appears its share is settled and none of its
 * pairs has been judged yet, so it errs with no more than its share, and by the union bound all of them together with no
 * more than alpha.
 */
export function cohortAlpha(alpha: number, index: number): number {
  return (alpha * EVEN_COHORTS) / ((index + EVEN_COHORTS) * (index + 1 + EVEN_COHORTS))
}
