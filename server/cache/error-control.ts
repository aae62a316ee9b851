import { betaQuantile, betaShare } from './beta.ts'

/**
 * Keeps the share of wrong answers out of the cache under a limit, as vCache does (Schroeder et al. 2025,
 * https://arxiv.org/abs/2502.03771): some would-be hits are sent upstream all the same and the answers compared; what
 * that shows decides how similar two questions must be. vCache fits a logistic curve to each cached question; one
 * gateway sees few repetitions of one question, so here all questions of a scope share their evidence, and a Beta
 * posterior stands in for the confidence band.
 *
 * Evidence. The k-th newest check weighs 2^(-k/h) with h = 4/maxError, so that a world that has changed is found out.
 * With w the weight of the wrong and n that of all checks at similarity ≥ t:
 *
 * - at t = base the belief is Beta(½ + w, s - ½ + n - w) with s = 1/maxError: half a wrong answer in as many as one
 *   wrong one is allowed in. It lets a new scope serve; one wrong check in the first hundred stops it.
 * - at t > base a threshold must be earned, as the best of many is chosen: the prior is the share found at base, though
 *   no more than three times the limit, worth s/2 checks. Where that much is wrong it takes some hundred and fifty right
 *   answers above t and no wrong one.
 * - either way no more than one of the newest s/2 checks may be wrong there, so that a bad turn stops it at once.
 *
 * The threshold is the lowest one of whose share we are sure, four to one, that it is within the limit.
 */

/** A would-be hit that was sent upstream to compare the answers, or that a person judged. */
export interface CheckedLookUp {
  similarity: number
  wrong: boolean
}

/** A share with the bounds between which it lies with a probability of 95 %. */
export interface Estimate {
  estimate: number
  low: number
  high: number
}

export interface ErrorControl {
  /** Lowest similarity that is served now; `null`: nothing is served in this scope. */
  threshold: number | null
  /** Estimated share of wrong hits at that threshold; where nothing is served, at the base. */
  wrong: Estimate
  /** Checks at or above that threshold. */
  samples: number
  /** Share of would-be hits to send upstream and compare. */
  checkShare: number
}

/** One point of what a threshold would mean. */
export interface CurvePoint {
  threshold: number
  /** Share of the checked look-ups that it would serve. */
  served: number
  /** Checks at or above it. */
  samples: number
  /** `null` without any. */
  wrong: Estimate | null
}

const HALF_LIVES_PER_LIMIT = 4
/** Older checks weigh less than a thirtieth of a new one. */
const HALF_LIVES_KEPT = 5
const PRIOR_WRONG = 0.5
const EARNED_SHARE = 0.5
const MOST_PRIOR_LIMITS = 3
/** The newest checks, in shares of 1/limit, and how many of them may be wrong. */
const NEWEST_SHARE = 0.5
const MOST_NEWEST_WRONG = 1
/** As sure as this one must be that the share is within the limit. */
const SURE = 0.8
const LAST_CHECK_SHARE = 0.02
const ALARMED_CHECK_SHARE = 0.2
/** After a wrong answer for so many checks they are made more often, in shares of 1/limit. */
const ALARM_LENGTH = 0.2
const TAIL = 0.025
/** Limits below are treated as this one: nobody could ever check enough to believe them. */
const SMALLEST_LIMIT = 1e-4

interface Belief {
  /** Parameters of the Beta distribution: weights of wrong and of right. */
  wrong: number
  right: number
  samples: number
  /** Of the newest checks. */
  newestWrong: number
}

/**
 * What checks, the oldest first, say about serving at similarities ≥ `base` with at most the share `maxError` wrong.
 * Checks below the base are left out. `firstCheckShare`: how much is checked while nothing is known.
 */
export function controlErrors(
  checked: readonly CheckedLookUp[],
  { base, maxError, firstCheckShare }: { base: number; maxError: number; firstCheckShare: number },
): ErrorControl {
  const limit = Math.min(1, Math.max(SMALLEST_LIMIT, maxError))
  const strength = 1 / limit
  const halfLife = HALF_LIVES_PER_LIMIT / limit
  const usable = checked.filter(({ similarity }) => similarity >= base).slice(-Math.ceil(HALF_LIVES_KEPT * halfLife))
  const weighted = usable.map((each, index) => {
    const age = usable.length - 1 - index
    return { ...each, weight: 2 ** (-age / halfLife), newest: age < strength * NEWEST_SHARE }
  })
  const alarmed = usable.slice(-Math.ceil(strength * ALARM_LENGTH)).some(({ wrong }) => wrong)
  const unknown = 1 / (1 + usable.length * limit)
  /** The less is known, the nearer the estimate comes to the limit and the newer the last wrong one, the more. */
  const shareOf = (belief: Belief) => {
    const share = firstCheckShare * Math.min(1, Math.max(unknown, (mean(belief) / limit) ** 2))
    return Math.max(alarmed ? ALARMED_CHECK_SHARE : LAST_CHECK_SHARE, share)
  }
  const whole = weighted.reduce(learn, prior(PRIOR_WRONG, strength))
  if (isWithin(whole, limit)) return served(base, whole, shareOf(whole))
  const priorShare = Math.min(mean(whole), MOST_PRIOR_LIMITS * limit)
  const earned = earnedThreshold(weighted, priorShare, strength * EARNED_SHARE, limit)
  if (earned !== null) return served(earned.threshold, earned.belief, shareOf(earned.belief))
  // What is not served goes upstream anyway, so all of it is compared.
  return { threshold: null, wrong: estimate(whole), samples: whole.samples, checkShare: 1 }
}

/** What each threshold of the grid would mean by the checks alone: Jeffreys' prior Beta(½, ½), all checks alike. */
export function curve(checked: readonly CheckedLookUp[], grid: readonly number[]): CurvePoint[] {
  return grid.map((threshold) => {
    const above = checked.filter(({ similarity }) => similarity >= threshold)
    const belief = above.reduce((sum, each) => learn(sum, { ...each, weight: 1, newest: false }), prior(0.5, 1))
    return {
      threshold,
      served: checked.length === 0 ? 0 : above.length / checked.length,
      samples: above.length,
      wrong: above.length === 0 ? null : estimate(belief),
    }
  })
}

interface Weighted extends CheckedLookUp {
  weight: number
  newest: boolean
}

function prior(wrong: number, strength: number): Belief {
  return { wrong, right: strength - wrong, samples: 0, newestWrong: 0 }
}

function learn(belief: Belief, { wrong, weight, newest }: Weighted): Belief {
  return {
    wrong: belief.wrong + (wrong ? weight : 0),
    right: belief.right + (wrong ? 0 : weight),
    samples: belief.samples + 1,
    newestWrong: belief.newestWrong + (wrong && newest ? 1 : 0),
  }
}

/** The lowest similarity from which on the checks alone make up for what is wrong below. */
function earnedThreshold(
  checks: readonly Weighted[],
  priorShare: number,
  strength: number,
  limit: number,
): { threshold: number; belief: Belief } | null {
  const falling = [...checks].sort((one, other) => other.similarity - one.similarity)
  let belief = prior(priorShare * strength, strength)
  let best: { threshold: number; belief: Belief } | null = null
  for (const [index, check] of falling.entries()) {
    belief = learn(belief, check)
    // Of equal similarities all count or none.
    if (falling[index + 1]?.similarity === check.similarity) continue
    if (isWithin(belief, limit)) best = { threshold: check.similarity, belief }
  }
  return best
}

function served(threshold: number, belief: Belief, checkShare: number): ErrorControl {
  return { threshold, wrong: estimate(belief), samples: belief.samples, checkShare }
}

function estimate(belief: Belief): Estimate {
  const { wrong, right } = belief
  return {
    estimate: mean(belief),
    low: betaQuantile(TAIL, wrong, right),
    high: betaQuantile(1 - TAIL, wrong, right),
  }
}

function isWithin({ wrong, right, newestWrong }: Belief, limit: number): boolean {
  if (limit >= 1) return true
  if (wrong > limit * (wrong + right)) return false
  return newestWrong <= MOST_NEWEST_WRONG && betaShare(limit, wrong, right) >= SURE
}

function mean({ wrong, right }: Belief): number {
  return wrong / (wrong + right)
}
