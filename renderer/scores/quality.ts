/** What evaluators said, put together by route and evaluator. */
import type { ScoreSeries } from '../../server/http/admin/schemas.ts'

type Row = ScoreSeries['data'][number]

export interface Figures {
  replies: number
  /** Of all replies, 0..1. */
  mean: number
  /** Share that met the evaluator’s bar. */
  passed: number
  /** The mean of each step; `null` where it has no reply. */
  means: readonly (number | null)[]
}

export interface TargetQuality extends Figures {
  provider: string
  model: string
}

/** One evaluator on one route. */
export interface Quality extends Figures {
  route: string
  evaluator: string
  /** Most replies first. */
  targets: readonly TargetQuality[]
}

/** Starts of the steps, milliseconds since the epoch. */
export function stepStarts({ from, step_ms }: Pick<ScoreSeries, 'from' | 'step_ms'>, steps: number): number[] {
  return Array.from({ length: steps }, (_, step) => Date.parse(from) + step * step_ms)
}

/** By route, then by evaluator. */
export function qualityOf(series: ScoreSeries, steps: number): Quality[] {
  const stepOf = ({ at }: Row) => Math.round((Date.parse(at) - Date.parse(series.from)) / series.step_ms)
  const figures = (rows: readonly Row[]) => figuresOf(rows, stepOf, steps)
  const groups = Object.values(Object.groupBy(series.data, ({ route, evaluator }) => `${route}\0${evaluator}`))
  return groups
    .map((rows) => {
      const { route, evaluator } = rows![0]!
      const targets = Object.values(Object.groupBy(rows!, ({ provider, model }) => `${provider}\0${model}`))
        .map((own) => ({ provider: own![0]!.provider, model: own![0]!.model, ...figures(own!) }))
        .sort((one, other) => other.replies - one.replies)
      return { route, evaluator, targets, ...figures(rows!) }
    })
    .sort((one, other) => one.route.localeCompare(other.route) || one.evaluator.localeCompare(other.evaluator))
}

/** Every reply counts the same. */
function figuresOf(rows: readonly Row[], stepOf: (row: Row) => number, steps: number): Figures {
  const replies = rows.reduce((sum, row) => sum + row.replies, 0)
  const weighted = (of: readonly Row[], read: (row: Row) => number) => {
    const whole = of.reduce((sum, row) => sum + row.replies, 0)
    return of.reduce((sum, row) => sum + read(row) * row.replies, 0) / whole
  }
  const byStep = Object.groupBy(rows, stepOf)
  return {
    replies,
    mean: weighted(rows, ({ mean }) => mean),
    passed: weighted(rows, ({ passed }) => passed),
    means: Array.from({ length: steps }, (_, step) => {
      const own = byStep[step]
      return own ? weighted(own, ({ mean }) => mean) : null
    }),
  }
}

/** A line through neighbouring steps that have a value, in a box of 1 by 1 with the best at the top. */
export function linesOf(means: readonly (number | null)[]): { x: number; y: number }[][] {
  const lines: { x: number; y: number }[][] = []
  let isOpen = false
  for (const [step, mean] of means.entries()) {
    if (mean === null) {
      isOpen = false
      continue
    }
    if (!isOpen) lines.push([])
    isOpen = true
    lines.at(-1)!.push({ x: (step + 0.5) / means.length, y: 1 - mean })
  }
  return lines
}
