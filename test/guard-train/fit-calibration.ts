import { type Evidence, summary } from '../../server/guardrails/injection/calibration.ts'
import type { HeadName } from '../../server/guardrails/injection/weights.ts'
import { SPANS } from '../../server/guardrails/injection/windows.ts'
import { BARE_CODE, UNUSUAL } from './folds.ts'

/** What a head that has not seen the source says of a text. */
export interface Judged {
  source: string
  label: 0 | 1
  evidence: Evidence
}

export interface Calibration {
  coefficients: number[]
  intercept: number
}

const STEPS = 40
/** The best window of each span, and of all. */
const TOPS = SPANS.length + 1
const RIDGE = 1e-4
/** Of ordinary texts of unseen sources, the mean over the sources. Users type more questions than tools bring texts. */
export const FALSE_ALARMS: Readonly<Record<HeadName, number>> = { direct: 0.0065, indirect: 0.008 }

/**
 * Logistic regression on what windows say, moved so that the score is 0.5 where the share of false alarms is what the
 * head may raise. No window's score counts against an attack: what would is left out, the worst first.
 */
export function fitCalibration(judged: readonly Judged[], falseAlarms: number): Calibration {
  const rows = judged.map(({ evidence }) => [...summary(evidence), 1])
  const fitted = judged.flatMap(({ source }, index) => (source === BARE_CODE ? [] : [index]))
  const weights = sourceWeights(judged)
  const left = new Set<number>()
  let betas: number[]
  for (;;) {
    betas = fit(rows, judged, weights, fitted, left)
    const worst = lowestOf(betas.slice(0, TOPS))
    if (betas[worst]! >= 0) break
    left.add(worst)
  }
  const logits = rows.map((row) => dot(row, betas))
  const threshold = thresholdFor(judged, logits, falseAlarms)
  return { coefficients: betas.slice(0, -1), intercept: betas.at(-1)! - threshold }
}

function lowestOf(values: readonly number[]): number {
  return values.reduce((lowest, value, index) => (value < values[lowest]! ? index : lowest), 0)
}

/** By Newton's method. `left`: columns that count as 0. */
function fit(
  rows: readonly (readonly number[])[],
  judged: readonly Judged[],
  weights: readonly number[],
  fitted: readonly number[],
  left: ReadonlySet<number>,
): number[] {
  const size = rows[0]!.length
  const betas = new Array<number>(size).fill(0)
  for (let step = 0; step < STEPS; step++) {
    const hessian = Array.from({ length: size }, (_, index) =>
      Array.from({ length: size }, (_, other) => (index === other ? RIDGE : 0)),
    )
    const gradient = betas.map((beta) => RIDGE * beta)
    for (const index of fitted) {
      const row = rows[index]!.map((value, column) => (left.has(column) ? 0 : value))
      const chance = 1 / (1 + Math.exp(-dot(row, betas)))
      const slope = weights[index]! * (chance - judged[index]!.label)
      const curve = weights[index]! * chance * (1 - chance)
      for (let one = 0; one < size; one++) {
        gradient[one]! += slope * row[one]!
        for (let other = 0; other < size; other++) hessian[one]![other]! += curve * row[one]! * row[other]!
      }
    }
    solve(hessian, gradient).forEach((move, index) => {
      betas[index]! -= move
    })
  }
  return betas
}

/** The lowest logit at which ordinary sources raise few enough false alarms. */
function thresholdFor(judged: readonly Judged[], logits: readonly number[], falseAlarms: number): number {
  const bySource = new Map<string, number[]>()
  judged.forEach(({ source, label }, index) => {
    if (label === 1 || UNUSUAL.has(source)) return
    bySource.set(source, [...(bySource.get(source) ?? []), logits[index]!])
  })
  let low = -20
  let high = 20
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    let share = 0
    for (const values of bySource.values()) share += values.filter((value) => value >= middle).length / values.length
    if (share / bySource.size > falseAlarms) low = middle
    else high = middle
  }
  return high
}

/** Large sources weigh more, but not in proportion; attacks as much as what is none. */
function sourceWeights(judged: readonly Judged[]): number[] {
  const counts = new Map<string, number>()
  const keyOf = ({ source, label }: Judged) => `${source} ${label}`
  for (const each of judged) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1)
  const weights = judged.map((each) => 1 / Math.sqrt(counts.get(keyOf(each))!))
  const totals = [0, 0]
  judged.forEach(({ label }, index) => {
    totals[label]! += weights[index]!
  })
  return judged.map(({ label }, index) => weights[index]! / totals[label]!)
}

function dot(row: readonly number[], betas: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < row.length; index++) sum += row[index]! * betas[index]!
  return sum
}

/** Of a symmetric positive definite system, by elimination with pivots. */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const size = right.length
  const rows = matrix.map((row, index) => [...row, right[index]!])
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const factor = rows[row]![column]! / rows[column]![column]!
      for (let index = column; index <= size; index++) rows[row]![index]! -= factor * rows[column]![index]!
    }
  }
  return rows.map((row, index) => row[size]! / row[index]!)
}
