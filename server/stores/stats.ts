import { BINS_PER_DOUBLING } from '../core/histogram.ts'
import { requestIdFloor } from '../core/ids.ts'
import type { Db } from './database.ts'

/** Figures of one group. Durations are milliseconds, cost nano-dollars. */
export interface StatsGroup {
  requests: number
  errors: number
  refused: number
  fallbacks: number
  cost_nano: number
  cost_unknown: number
  input_tokens: number
  output_tokens: number
  p50_ms: number | null
  p95_ms: number | null
  ttft_p50_ms: number | null
  ttft_p95_ms: number | null
}

type Grouping = 'total' | 'step' | 'route'

/** Figures of the requests in `[from, to)`, in groups by key: the whole, equal steps of time, or routes. */
export function readStats(
  db: Db,
  from: number,
  to: number,
  grouping: Grouping,
  stepMs: number,
): Map<string | number, StatsGroup> {
  const key = {
    total: "'total'",
    step: `CAST((ts - ${Math.floor(from)}) / ${Math.floor(stepMs)} AS INTEGER)`,
    route: 'route',
  }[grouping]
  // A name that is no route got no plan, so no facts; what older versions stored has none at all.
  const only = grouping === 'route' ? 'AND (attempts > 0 OR facts IS NOT NULL)' : ''
  const range = [requestIdFloor(from), requestIdFloor(to)]
  const sums = db
    .prepare(
      `SELECT ${key} AS key, count(*) AS requests,
        total(status >= 500 OR (status < 400 AND error IS NOT NULL)) AS errors,
        total(status BETWEEN 400 AND 498) AS refused,
        total(fallback) AS fallbacks,
        coalesce(sum(cost_nano), 0) AS cost_nano,
        total(cost_nano IS NULL AND status < 400 AND NOT synthetic) AS cost_unknown,
        coalesce(sum(input_tokens), 0) AS input_tokens,
        coalesce(sum(output_tokens), 0) AS output_tokens
      FROM requests WHERE request_id >= ? AND request_id < ? AND purpose = 'live' ${only} GROUP BY 1`,
    )
    .all(...range) as (StatsGroup & { key: string | number })[]
  const durations = readHistograms(db, key, 'duration_ms', range)
  const firstTokens = readHistograms(db, key, 'ttft_ms', range)
  const groups = new Map<string | number, StatsGroup>()
  for (const { key: name, ...group } of sums)
    groups.set(name, {
      ...group,
      p50_ms: quantile(durations.get(name), 0.5),
      p95_ms: quantile(durations.get(name), 0.95),
      ttft_p50_ms: quantile(firstTokens.get(name), 0.5),
      ttft_p95_ms: quantile(firstTokens.get(name), 0.95),
    })
  return groups
}

export type Histogram = { bin: number; count: number }[]

/** Of answered requests, bins in ascending order. */
function readHistograms(db: Db, key: string, column: string, range: string[]): Map<string | number, Histogram> {
  const rows = db
    .prepare(
      `SELECT ${key} AS key, CAST(floor(log2(max(${column}, 0.001)) * ${BINS_PER_DOUBLING}) AS INTEGER) AS bin, count(*) AS count
      FROM requests WHERE request_id >= ? AND request_id < ? AND purpose = 'live' AND status < 400 AND ${column} IS NOT NULL
      GROUP BY 1, 2 ORDER BY 2`,
    )
    .all(...range) as { key: string | number; bin: number; count: number }[]
  const histograms = new Map<string | number, Histogram>()
  for (const { key: name, bin, count } of rows) {
    const histogram = histograms.get(name) ?? []
    histogram.push({ bin, count })
    histograms.set(name, histogram)
  }
  return histograms
}

/** The geometric middle of the bin in which the quantile lies. */
export function quantile(histogram: Histogram | undefined, share: number): number | null {
  if (!histogram) return null
  const total = histogram.reduce((sum, { count }) => sum + count, 0)
  let below = 0
  for (const { bin, count } of histogram) {
    below += count
    if (below >= share * total) return 2 ** ((bin + 0.5) / BINS_PER_DOUBLING)
  }
  return null
}
