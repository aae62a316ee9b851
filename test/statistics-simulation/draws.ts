import type { SeededRandom } from '../../server/statistics/random.ts'

/** A reply of the baseline and one of the candidate to the same request. */
export type Pair = readonly [baseline: number, candidate: number]
export type DrawPair = (random: SeededRandom) => Pair

/** Standard normal, by the Box-Muller transform. */
export function normal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
}

/** A success or not. Both arms fail together at the share `together`; the rest of their failures fall on different requests. */
export function successes(baseline: number, candidate: number, together: number): DrawPair {
  const [onlyBaseline, onlyCandidate] = [1 - candidate - together, 1 - baseline - together]
  return (random) => {
    const lot = random.next()
    if (lot < together) return [0, 0]
    if (lot < together + onlyBaseline) return [1, 0]
    return lot < together + onlyBaseline + onlyCandidate ? [0, 1] : [1, 1]
  }
}

/** Votes: so often the baseline wins, so often the candidate, else a tie. */
export function votes(baselineWins: number, candidateWins: number): DrawPair {
  return (random) => {
    const lot = random.next()
    if (lot < baselineWins) return [1, 0]
    return lot < baselineWins + candidateWins ? [0, 1] : [0.5, 0.5]
  }
}

/**
 * Scores that crowd near 1 with a long tail down: 1 - u^4 in the mean 0.8. The candidate loses all of its score so often that
 * its mean is lower by the fraction `lost`.
 */
export function skewedScores(lost: number): DrawPair {
  return (random) => {
    const [baseline, candidate] = [1 - random.next() ** 4, 1 - random.next() ** 4]
    return [baseline, random.next() < lost ? 0 : candidate]
  }
}

/** Mean of `skewedScores` of the baseline. */
export const SKEWED_MEAN = 0.8

/** Times of two log-normal arms with spread 0.5, alike by the share `common` of their logarithm's variance. */
export function logNormalTimes(ratio: number, common: number): DrawPair {
  return (random) => {
    const request = Math.sqrt(common) * normal(random)
    const time = () => 800 * Math.exp(0.5 * (request + Math.sqrt(1 - common) * normal(random)))
    return [time(), ratio * time()]
  }
}

/** Pareto times with an index of 1.1: the variance is infinite, the mean hardly finite. */
export function paretoTimes(ratio: number): DrawPair {
  const time = (random: SeededRandom) => 300 / (1 - random.next()) ** (1 / 1.1)
  return (random) => [time(random), ratio * time(random)]
}
