/** What was measured of the embedder before any traffic, read at one threshold. */
import type { MeasuredQuality } from '../../server/http/admin/schemas.ts'

export type MeasuredRow = MeasuredQuality['rows'][number]
export type MeasuredGuard = MeasuredRow['guard']

export const measuredGuards: readonly MeasuredGuard[] = ['strict', 'loose', 'none']

export const guardWords: Record<MeasuredGuard, string> = {
  strict: 'strict guard',
  loose: 'loose guard',
  none: 'no guard',
}

/** In order of their thresholds. */
export function rowsOf({ rows }: MeasuredQuality, guard: MeasuredGuard): MeasuredRow[] {
  return rows.filter((row) => row.guard === guard).sort((one, other) => one.threshold - other.threshold)
}

/** The nearest one that was measured at or below the threshold: there is served no less. `null` below all of them. */
export function rowAt(measured: MeasuredQuality, guard: MeasuredGuard, threshold: number): MeasuredRow | null {
  return rowsOf(measured, guard).findLast((row) => row.threshold <= threshold + 1e-9) ?? null
}

/** Questions of all sets together. */
export function sizesOf({ sets }: MeasuredQuality): { edits: number; variants: number } {
  return sets.reduce((sum, set) => ({ edits: sum.edits + set.edits, variants: sum.variants + set.variants }), {
    edits: 0,
    variants: 0,
  })
}

/** To a tenth of a per cent, to a hundredth where it is small; only all and nothing are whole. */
export function formatMeasured(share: number): string {
  const percent = share * 100
  if (percent === 0 || percent === 100) return `${percent}%`
  return percent < 1 ? `${percent.toFixed(2)}%` : `${Math.min(percent, 99.9).toFixed(1)}%`
}
