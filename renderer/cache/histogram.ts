/** Look-ups by similarity, in columns of equal width. */
import type { TunedLookUp } from '../../server/http/admin/schemas.ts'
import { type Judgement, judgementOf } from './tune.ts'

export interface Column {
  /** Similarities in `[from, to)`; the last column has its end, too. */
  from: number
  to: number
  counts: Record<Judgement, number>
  total: number
}

/** Where the axis begins: at a tenth that shows the look-ups and something below the thresholds. It ends at 1. */
export function axisStart(lookUps: readonly TunedLookUp[], thresholds: readonly number[]): number {
  const lowest = Math.min(0.9, ...lookUps.map(({ similarity }) => similarity), ...thresholds.map((each) => each - 0.05))
  return Math.max(0, Math.floor(lowest * 10 + 1e-9) / 10)
}

/** What lies below `start` counts in the first column. */
export function columnsOf(lookUps: readonly TunedLookUp[], start: number, count: number): Column[] {
  const width = (1 - start) / count
  const columns = Array.from({ length: count }, (_, index) => ({
    from: start + index * width,
    to: start + (index + 1) * width,
    counts: { right: 0, wrong: 0, unknown: 0, guarded: 0 },
    total: 0,
  }))
  for (const lookUp of lookUps) {
    const place = Math.floor((lookUp.similarity - start) / width + 1e-9)
    const column = columns[Math.min(count - 1, Math.max(0, place))]!
    column.counts[judgementOf(lookUp)] += 1
    column.total += 1
  }
  return columns
}
