/**
 * Exact two-sided p value of McNemar's test: of the pairs that differ, as many should favour the one arm as the other, so
 * their number is binomial with a share of one half (McNemar 1947; the exact form e.g. in Agresti, Categorical Data Analysis,
 * 10.1). Twice the smaller tail, at most 1.
 */
export function mcnemarPValue(onlyBaseline: number, onlyCandidate: number): number {
  const count = onlyBaseline + onlyCandidate
  const fewer = Math.min(onlyBaseline, onlyCandidate)
  let logTerm = -count * Math.LN2
  for (let index = 1; index <= fewer; index += 1) logTerm += Math.log((count - index + 1) / index)
  // From the largest term of the tail down, so that no small one is lost.
  let [relative, sum] = [1, 0]
  for (let index = fewer; index >= 0; index -= 1) {
    sum += relative
    relative *= index / (count - index + 1)
  }
  return Math.min(1, 2 * sum * Math.exp(logTerm))
}
