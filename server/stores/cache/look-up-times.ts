import { BINS_PER_DOUBLING } from '../../core/histogram.ts'
import { requestIdFloor } from '../../core/ids.ts'
import type { Db } from '../database.ts'
import { type Histogram, quantile } from '../stats.ts'

/** How long searches by likeness took, in milliseconds; `null` where there were none. */
export interface LookUpTimes {
  p50_ms: number | null
  p99_ms: number | null
}

export interface GroupedLookUpTimes {
  total: LookUpTimes
  routes: Map<string, LookUpTimes>
  /** Requests of nobody in particular are in none. */
  tenants: Map<string, LookUpTimes>
}

/** Of the requests in `[from, to)`, milliseconds since the epoch. */
export function lookUpTimes(db: Db, from: number, to: number): GroupedLookUpTimes {
  const rows = db
    .prepare(
      `SELECT route, tenant,
        CAST(floor(log2(max(lookup_ms, 0.001)) * ${BINS_PER_DOUBLING}) AS INTEGER) AS bin, count(*) AS count
      FROM requests WHERE request_id >= ? AND request_id < ? AND lookup_ms IS NOT NULL
      GROUP BY 1, 2, 3 ORDER BY 3`,
    )
    .all(requestIdFloor(from), requestIdFloor(to)) as {
    route: string
    tenant: string | null
    bin: number
    count: number
  }[]
  const routes = Map.groupBy(rows, ({ route }) => route)
  const tenants = Map.groupBy(
    rows.filter(({ tenant }) => tenant !== null),
    ({ tenant }) => tenant!,
  )
  const timesOfEach = (groups: Map<string, Histogram>) =>
    new Map([...groups].map(([name, histogram]) => [name, timesOf(histogram)]))
  return { total: timesOf(rows), routes: timesOfEach(routes), tenants: timesOfEach(tenants) }
}

function timesOf(histogram: Histogram): LookUpTimes {
  return { p50_ms: quantile(histogram, 0.5), p99_ms: quantile(histogram, 0.99) }
}
