/**
 * How far two raters agree beyond chance: a judge and people, or two people. All of it is for a handful of labels and any
 * number of pairs.
 */

export type Rating = string | number | boolean
/** What two raters say of the same thing. */
export type RatingPair<Label extends Rating = Rating> = readonly [one: Label, other: Label]

export interface RaterAgreement {
  pairs: number
  /** Share of the pairs with the same label. */
  same: number
  /**
   * Cohen's kappa: 1 for full agreement, 0 for what chance brings. `null` where it is not defined: no pairs, or both raters gave
   * everything the same label.
   */
  kappa: number | null
  /** 95 % confidence, by a normal approximation that wants some dozens of pairs; within -1..1. */
  interval: readonly [low: number, high: number] | null
  /** How often each pair of labels came up, the most frequent first. */
  counts: readonly LabelCount[]
}

export interface LabelCount {
  one: Rating
  other: Rating
  count: number
}

const Z95 = 1.959964

/** Of labels without an order: Cohen 1960, “A coefficient of agreement for nominal scales”. */
export function nominalAgreement(pairs: readonly RatingPair[]): RaterAgreement {
  return agreementBy(pairs, (one, other) => (one === other ? 1 : 0))
}

/**
 * Of grades on a scale: Cohen 1968, “Weighted kappa”, with the square of the difference as disagreement, so that a miss by two
 * counts four times a miss by one.
 */
export function ordinalAgreement(pairs: readonly RatingPair<number>[]): RaterAgreement {
  const grades = pairs.flat()
  const range =
    grades.reduce((most, grade) => Math.max(most, grade), -Infinity) -
    grades.reduce((least, grade) => Math.min(least, grade), Infinity)
  return agreementBy(pairs, (one, other) => (range > 0 ? 1 - ((one - other) / range) ** 2 : 1))
}

/**
 * With weights w of agreement, 1 for the same label, observed shares p_ij and their margins: p_o = Σ w_ij p_ij, p_e = Σ w_ij
 * p_i. p_.j, κ = (p_o − p_e) / (1 − p_e). Its large-sample variance is, after Fleiss, Cohen and Everitt 1969, “Large sample
 * standard errors of kappa and weighted kappa”, (Σ p_ij (w_ij − (w̄_i. + w̄_.j)(1 − κ))² − (κ − p_e (1 − κ))²) / (n (1 − p_e)²),
 * where w̄_i. = Σ_j p_.j w_ij and w̄_.j = Σ_i p_i. w_ij.
 */
function agreementBy<Label extends Rating>(
  pairs: readonly RatingPair<Label>[],
  weight: (one: Label, other: Label) => number,
): RaterAgreement {
  const total = pairs.length
  const cells = countPairs(pairs)
  const [ones, others] = [margin(pairs, 0), margin(pairs, 1)]
  const weightOfOne = new Map([...ones.keys()].map((one) => [one, meanOver(others, (other) => weight(one, other))]))
  const weightOfOther = new Map([...others.keys()].map((other) => [other, meanOver(ones, (one) => weight(one, other))]))
  const observed = meanOfCells(cells, total, ({ one, other }) => weight(one, other))
  const expected = meanOver(ones, (one) => weightOfOne.get(one)!)
  const same = meanOfCells(cells, total, ({ one, other }) => (one === other ? 1 : 0))
  const counts = cells.toSorted((one, other) => other.count - one.count)
  // What rounding leaves of 1 − 1.
  if (total === 0 || 1 - expected < 1e-12)
    return { pairs: total, same: total === 0 ? 0 : same, kappa: null, interval: null, counts }
  const kappa = (observed - expected) / (1 - expected)
  const square = meanOfCells(
    cells,
    total,
    ({ one, other }) => (weight(one, other) - (weightOfOne.get(one)! + weightOfOther.get(other)!) * (1 - kappa)) ** 2,
  )
  const variance = (square - (kappa - expected * (1 - kappa)) ** 2) / (total * (1 - expected) ** 2)
  const margin95 = Z95 * Math.sqrt(Math.max(0, variance))
  return {
    pairs: total,
    same,
    kappa,
    interval: [Math.max(-1, kappa - margin95), Math.min(1, kappa + margin95)],
    counts,
  }
}

interface Cell<Label> {
  one: Label
  other: Label
  count: number
}

function countPairs<Label extends Rating>(pairs: readonly RatingPair<Label>[]): Cell<Label>[] {
  const cells = new Map<Label, Map<Label, Cell<Label>>>()
  for (const [one, other] of pairs) {
    const row = cells.get(one) ?? new Map<Label, Cell<Label>>()
    const cell = row.get(other) ?? { one, other, count: 0 }
    cell.count++
    cells.set(one, row.set(other, cell))
  }
  return [...cells.values()].flatMap((row) => [...row.values()])
}

/** Share of each label with one of the raters. */
function margin<Label extends Rating>(pairs: readonly RatingPair<Label>[], rater: 0 | 1): ReadonlyMap<Label, number> {
  const counts = new Map<Label, number>()
  for (const pair of pairs) counts.set(pair[rater], (counts.get(pair[rater]) ?? 0) + 1)
  return new Map([...counts].map(([label, count]) => [label, count / pairs.length]))
}

function meanOver<Label>(shares: ReadonlyMap<Label, number>, value: (label: Label) => number): number {
  let sum = 0
  for (const [label, share] of shares) sum += share * value(label)
  return sum
}

function meanOfCells<Label>(
  cells: readonly Cell<Label>[],
  total: number,
  value: (cell: Cell<Label>) => number,
): number {
  return cells.reduce((sum, cell) => sum + (cell.count / total) * value(cell), 0)
}

/** A score of a judge, and what people say of the same thing. */
export interface LabelledScore {
  score: number
  good: boolean
}

export interface BestThreshold {
  /** From this score on things pass. */
  threshold: number
  /** Share of the good ones that pass. */
  sensitivity: number
  /** Share of the others that fail. */
  specificity: number
}

/**
 * The threshold that parts the good from the others best: with the largest J = sensitivity + specificity − 1 (Youden 1950,
 * “Index for rating diagnostic tests”), which does not depend on how many there are of each. It lies in the middle between two
 * scores; of several as good, where they are farthest apart. `null` without any of both.
 */
export function bestThreshold(scores: readonly LabelledScore[]): BestThreshold | null {
  const sorted = scores.toSorted((one, other) => one.score - other.score)
  const good = sorted.filter((each) => each.good).length
  const others = sorted.length - good
  if (good === 0 || others === 0) return null
  // Where everything passes.
  let best = { threshold: sorted[0]!.score, sensitivity: 1, specificity: 0, gap: 0 }
  let [goodBelow, othersBelow] = [0, 0]
  for (const [at, each] of sorted.entries()) {
    if (each.good) goodBelow++
    else othersBelow++
    const next = sorted[at + 1]
    if (next === undefined || next.score === each.score) continue
    const found = {
      threshold: (each.score + next.score) / 2,
      sensitivity: 1 - goodBelow / good,
      specificity: othersBelow / others,
      gap: next.score - each.score,
    }
    const gain = youden(found) - youden(best)
    if (gain > 1e-12 || (gain > -1e-12 && found.gap > best.gap)) best = found
  }
  const { threshold, sensitivity, specificity } = best
  return { threshold, sensitivity, specificity }
}

function youden({ sensitivity, specificity }: BestThreshold): number {
  return sensitivity + specificity - 1
}
