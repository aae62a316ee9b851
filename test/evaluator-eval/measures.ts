/** A score with what it should be. */
export interface Judged {
  score: number
  /** 1: should be high. */
  label: number
}

/** What a threshold makes of scores. */
export interface AtThreshold {
  precision: number
  recall: number
  /** Harmonic mean of both. */
  f1: number
  /** Mean of the shares that are judged rightly among right and among wrong ones. */
  balanced: number
}

/** What is measured of a set. */
export interface Measured extends AtThreshold {
  name: string
  replies: number
  auc: number
  /** Milliseconds of processor time for a thousand characters of what is read. */
  msPerThousand: number
}

/** The default of the evaluators. */
const THRESHOLD = 0.5

/** Judges every item of a set; what an evaluator has nothing to say of counts as neither. */
export function measure<Item extends { label: number }>(
  name: string,
  items: readonly Item[],
  judge: (item: Item) => { size: number; score: number | null },
): Measured {
  // The first one loads what all use.
  judge(items[0]!)
  const start = process.cpuUsage()
  let size = 0
  const judged = items.map((item): Judged => {
    const done = judge(item)
    size += done.size
    return { label: item.label, score: done.score ?? THRESHOLD }
  })
  const { user, system } = process.cpuUsage(start)
  return {
    name,
    replies: items.length,
    auc: areaUnderCurve(judged),
    ...atThreshold(judged, THRESHOLD),
    msPerThousand: (user + system) / size,
  }
}

/** Area under the ROC curve: how often a right one scores above a wrong one, ties half (Mann and Whitney 1947). */
export function areaUnderCurve(judged: readonly Judged[]): number {
  const sorted = [...judged].sort((one, other) => one.score - other.score)
  const right = sorted.filter(({ label }) => label === 1).length
  let ranks = 0
  for (let at = 0; at < sorted.length; ) {
    let end = at
    while (end < sorted.length && sorted[end]!.score === sorted[at]!.score) end++
    // Ranks count from 1; each of a tie has their mean.
    const rank = (at + 1 + end) / 2
    ranks += rank * sorted.slice(at, end).filter(({ label }) => label === 1).length
    at = end
  }
  return (ranks - (right * (right + 1)) / 2) / (right * (sorted.length - right))
}

/** Of scores that pass at the threshold and above. */
export function atThreshold(judged: readonly Judged[], threshold: number): AtThreshold {
  const count = (label: number, passes: boolean) =>
    judged.filter((each) => each.label === label && each.score >= threshold === passes).length
  const [hit, miss, alarm, rest] = [count(1, true), count(1, false), count(0, true), count(0, false)]
  const precision = hit / Math.max(1, hit + alarm)
  const recall = hit / Math.max(1, hit + miss)
  return {
    precision,
    recall,
    f1: (2 * hit) / Math.max(1, 2 * hit + alarm + miss),
    balanced: (recall + rest / Math.max(1, rest + alarm)) / 2,
  }
}
