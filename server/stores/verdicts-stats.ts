import { BINS_PER_DOUBLING } from '../core/histogram.ts'
import type { VerdictWord } from '../core/verdict.ts'
import type { Db } from './database.ts'
import { type Histogram, quantile } from './stats.ts'
import { keptSince } from './verdicts.ts'
import { type VerdictFilter, verdictTests } from './verdicts-list.ts'

/** How inspections ended. What rules in `monitor` mode would have done counts as `monitored` alone. */
export interface VerdictCounts {
  inspections: number
  passes: number
  blocks: number
  redactions: number
  warnings: number
  escalations: number
  errors: number
  monitored: number
}

export interface VerdictStats {
  total: VerdictCounts
  /** By number of the step. */
  series: Map<number, VerdictCounts>
  /** Of all that follows, what most was done about comes first. */
  routes: (VerdictCounts & { route: string })[]
  tenants: (VerdictCounts & { tenant: string | null })[]
  /** With how long one inspection took, in milliseconds. */
  guardrails: (VerdictCounts & { guardrail: string; kind: string; p50_ms: number | null; p99_ms: number | null })[]
  /** Of what was found. */
  categories: (VerdictCounts & { category: string })[]
  /** Since when all verdicts are kept, in milliseconds since the epoch; `null` where there are none. */
  oldest: number | null
}

export const NO_VERDICTS: VerdictCounts = {
  inspections: 0,
  passes: 0,
  blocks: 0,
  redactions: 0,
  warnings: 0,
  escalations: 0,
  errors: 0,
  monitored: 0,
}

/** Verdicts that have everything in common that is counted by. */
interface Alike {
  step: number
  route: string
  tenant: string | null
  guardrail: string
  kind: string
  category: string | null
  verdict: VerdictWord
  mode: 'enforce' | 'monitor'
  /** How long they took: 2 to the power of the bin over `BINS_PER_DOUBLING`, in milliseconds. */
  bin: number
  count: number
}

/** Figures of the verdicts that a filter names, whole, by equal steps from `from` on, and by each of their traits. */
export function verdictStats(
  db: Db,
  filter: VerdictFilter & { from: number; to: number },
  stepMs: number,
): VerdictStats {
  const { tests, values } = verdictTests({ ...filter, passes: true })
  // Read once and counted here: each further grouping in SQL would read all of it once more.
  const alike = db
    .prepare(
      `SELECT CAST((ts - ${Math.floor(filter.from)}) / ${Math.floor(stepMs)} AS INTEGER) AS step, route, tenant,
        guardrail, kind, iif(verdict = 'pass', NULL, category) AS category, verdict, mode,
        CAST(floor(log2(max(duration_ms, 0.001)) * ${BINS_PER_DOUBLING}) AS INTEGER) AS bin, count(*) AS count
      FROM verdicts WHERE ${tests.join(' AND ')} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`,
    )
    .all(...values) as Alike[]
  return {
    total: countsOf(alike),
    series: new Map([...Map.groupBy(alike, ({ step }) => step)].map(([step, group]) => [step, countsOf(group)])),
    routes: by(alike, ({ route }) => ({ route })),
    tenants: by(alike, ({ tenant }) => ({ tenant })),
    guardrails: by(alike, ({ guardrail, kind }) => ({ guardrail, kind })).map((row) => {
      const times = timesOf(alike.filter(({ guardrail, kind }) => guardrail === row.guardrail && kind === row.kind))
      return { ...row, p50_ms: quantile(times, 0.5), p99_ms: quantile(times, 0.99) }
    }),
    categories: by(
      alike.filter(({ category }) => category !== null),
      ({ category }) => ({ category: category! }),
    ),
    oldest: keptSince(db),
  }
}

/** Counts of each group, in the order of how much was done. */
function by<Trait extends object>(alike: readonly Alike[], traitOf: (each: Alike) => Trait): (VerdictCounts & Trait)[] {
  return [...Map.groupBy(alike, (each) => JSON.stringify(traitOf(each))).values()]
    .map((group) => ({ ...traitOf(group[0]!), ...countsOf(group) }))
    .sort((one, other) => other.inspections - other.passes - (one.inspections - one.passes))
}

function countsOf(alike: readonly Alike[]): VerdictCounts {
  const counts = { ...NO_VERDICTS }
  for (const each of alike) {
    counts.inspections += each.count
    counts[columnOf(each)] += each.count
  }
  return counts
}

const COLUMNS = {
  pass: 'passes',
  block: 'blocks',
  redact: 'redactions',
  warn: 'warnings',
  escalate: 'escalations',
  error: 'errors',
} as const satisfies Record<VerdictWord, keyof VerdictCounts>

function columnOf({ verdict, mode }: Alike): keyof VerdictCounts {
  if (mode === 'monitor' && verdict !== 'pass' && verdict !== 'error') return 'monitored'
  return COLUMNS[verdict]
}

function timesOf(alike: readonly Alike[]): Histogram {
  return [...Map.groupBy(alike, ({ bin }) => bin)]
    .map(([bin, group]) => ({ bin, count: group.reduce((sum, { count }) => sum + count, 0) }))
    .sort((one, other) => one.bin - other.bin)
}
