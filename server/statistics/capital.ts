/**
 * Testing by betting: the ground that every answer of this room stands on.
 *
 * Claim to be refuted: values x₁, x₂, … ≥ 0 come with a mean of at most v > 0, whatever came before:
 * E[xₜ | x₁ … xₜ₋₁] ≤ v. Somebody who doubts it starts with a capital of 1 and stakes the share θ of it on each value, at odds
 * that are fair or worse for him if the claim holds:
 *
 *     Kₜ(θ) = Kₜ₋₁(θ) · (1 - θ + θ·xₜ/v),   0 ≤ θ < 1.
 *
 * No factor is negative, and each has a mean of at most 1 under the claim, so Kₜ is a nonnegative supermartingale; so is any
 * mixture Σ wⱼ·Kₜ(θⱼ) with weights that sum to 1. By Ville's inequality (1939) the probability that it ever reaches 1/error
 * is at most `error`, however often and for whatever reason somebody looks or stops. Reaching it refutes the claim.
 *
 * This is the capital process of Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting" (JRSS B
 * 86(1), 2024, https://arxiv.org/abs/2010.09686), written in shares of what can be lost at most: θ = λ·v. Instead of one
 * predictable stake λₜ we hold a mixture of constant ones, as in universal portfolios (Cover 1991; Orabona and Jun 2021,
 * https://arxiv.org/abs/2110.14099), for three reasons. It adapts to the variance as well (the best θ is about gap·v/variance
 * and one of the stakes is near it), which mostly tied pairs need. Each factor falls as v grows, so what is refuted at v is
 * refuted below it: the confidence sequence is an interval, found by halving, and agrees with the decision by construction.
 * And it needs no logarithm in the loop. On tied, skewed and voted differences it took about as many pairs as the paper's
 * aGRAPA stakes, and many fewer where the gap is small.
 */

/** Shares to stake, and the capital that each begins with. */
export interface Stakes {
  readonly shares: Float64Array
  readonly weights: Float64Array
}

/** Shares at equal ratios from `least` to `most`; a share weighs as its square root, for large ones decide early or never. */
function stakes(least: number, most: number, count: number): Stakes {
  const shares = Float64Array.from({ length: count }, (_, index) => least * (most / least) ** (index / (count - 1)))
  const roots = shares.map(Math.sqrt)
  const sum = roots.reduce((total, root) => total + root, 0)
  return { shares, weights: roots.map((root) => root / sum) }
}

/** For means of differences and for shares near or above one half. Neighbours lie 1.8 apart, which costs 8 % of the growth. */
export const STAKES = stakes(0.005, 0.99, 10)
/** For rare events: the stake is lost at almost every value, so it must be small. */
export const RARE_STAKES = stakes(0.001, 0.5, 10)

/** Half of the capital waits for a late turn, if asked for; most of that is staked by this many values. */
const LATE_SHARE = 0.5
const LATE_BY = 200

export interface Bet {
  /** v: the mean that is claimed not to be exceeded; above 0. */
  target: number
  /** Probability of ever refuting a claim that holds; at most. */
  error: number
  stakes?: Stakes
  /**
   * Also finds a mean that rises above v only later. A part of the capital lies aside and the share c/((t+c-1)(t+c)) of it is
   * staked from value t on; the shares sum to 1, so that this too is a mixture: of gamblers who begin at different times.
   */
  late?: boolean
}

/** The capital of a doubter. Each value costs the same, however many came before. */
export class Capital {
  readonly #keep: Float64Array
  readonly #win: Float64Array
  readonly #capital: Float64Array
  readonly #weights: Float64Array
  readonly #goal: number
  readonly #late: boolean
  #reserve: number
  #count = 0
  #refuted = false

  constructor({ target, error, stakes = STAKES, late = false }: Bet) {
    const atOnce = late ? 1 - LATE_SHARE : 1
    this.#keep = stakes.shares.map((share) => 1 - share)
    this.#win = stakes.shares.map((share) => share / target)
    this.#capital = stakes.weights.map((weight) => weight * atOnce)
    this.#weights = stakes.weights
    this.#goal = 1 / error
    this.#late = late
    this.#reserve = 1 - atOnce
  }

  /** Whether the claim was refuted at some look so far. */
  get refuted(): boolean {
    return this.#refuted
  }

  /** A value ≥ 0. Returns `refuted`. */
  push(value: number): boolean {
    if (this.#refuted) return true
    if (this.#late) this.#stakeMore()
    const capital = this.#capital
    let sum = this.#reserve
    for (let index = 0; index < capital.length; index += 1) {
      const now = capital[index]! * (this.#keep[index]! + this.#win[index]! * value)
      capital[index] = now
      sum += now
    }
    this.#refuted = sum >= this.#goal
    return this.#refuted
  }

  #stakeMore(): void {
    this.#count += 1
    const left = (LATE_SHARE * LATE_BY) / (this.#count + LATE_BY)
    for (let index = 0; index < this.#capital.length; index += 1)
      this.#capital[index]! += (this.#reserve - left) * this.#weights[index]!
    this.#reserve = left
  }
}
