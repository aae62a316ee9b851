import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { GuardrailStats } from '../../server/http/admin/schemas.ts'
import { nobody } from '../cache/words.ts'
import { formatMoment, formatShort } from '../format.ts'
import { Chart } from '../parts/chart.tsx'
import type { ChartSeries } from '../parts/chart-props.ts'
import { Failure } from '../parts/failure.tsx'
import type { TimeWindow } from '../parts/time-window.tsx'
import { guardrailStatsQuery, guardrailsQuery } from '../queries.ts'
import { Breakdown } from './breakdown.tsx'
import { GuardFigureBand } from './figures.tsx'
import { NoGuardrails } from './no-guardrails.tsx'
import { useGuardAddress } from './page-address.ts'
import { RuleTable } from './rule-table.tsx'
import { guardedOf } from './rule-words.ts'
import { ScopeChoice } from './scope-choice.tsx'
import { measures } from './words.ts'

/** What guardrails did over a window, for whom, and the rules that stand. */
export function Overview({ timeWindow }: { timeWindow: TimeWindow }) {
  const { route, tenant, guardrail, change } = useGuardAddress()
  const config = useQuery(guardrailsQuery)
  const { milliseconds, steps, refresh } = timeWindow
  const { data, error, refetch } = useQuery({
    ...guardrailStatsQuery(milliseconds, steps, { route, tenant, guardrail }, refresh),
    placeholderData: keepPreviousData,
  })
  const failure = error ?? config.error
  if (failure && !(data && config.data))
    return (
      <Failure what="The guardrails" error={failure} retry={() => void Promise.all([refetch(), config.refetch()])} />
    )
  if (!data || !config.data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  const guarded = guardedOf(config.data.routes)
  if (guarded.length === 0 && data.oldest === null) return <NoGuardrails />
  const show = (more: Parameters<typeof change>[0]) => change({ tab: 'verdicts', verdict: null, ...more })
  return (
    <div className="pb-8">
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-2.5 text-sm">
        <ScopeChoice route={route} tenant={tenant} guardrail={guardrail} change={change} />
        <Since stats={data} />
      </div>
      <GuardFigureBand stats={data} />
      <div className="border-b border-line">
        <VerdictChart stats={data} />
      </div>
      <RuleTable routes={guarded} />
      <Breakdown
        title="By route"
        head="Route"
        rows={data.routes.map((row) => ({ ...row, name: row.route }))}
        choose={(name) => change({ route: name })}
        nothing="Nothing was looked at in this window."
      />
      <Breakdown
        title="By tenant"
        head="Tenant"
        rows={data.tenants.map((row) => ({ ...row, name: row.tenant ?? nobody }))}
        choose={(name) => change({ tenant: name === nobody ? null : name })}
        nothing="Nothing was looked at in this window."
      />
      <Breakdown
        title="By guardrail"
        head="Guardrail"
        rows={data.guardrails.map((row) => ({
          ...row,
          name: row.guardrail,
          ...(row.kind === row.guardrail ? {} : { note: row.kind }),
        }))}
        choose={(name) => change({ guardrail: name })}
        nothing="Nothing was looked at in this window."
      />
      <Breakdown
        title="What was found"
        head="Category"
        rows={data.categories.map((row) => ({ ...row, name: row.category }))}
        choose={(name) => show({ category: name })}
        nothing="Nothing was found in this window."
      />
    </div>
  )
}

/** Where older verdicts made room, the figures of a long window are not whole. */
function Since({ stats: { oldest, from } }: { stats: GuardrailStats }) {
  if (oldest === null || Date.parse(oldest) <= Date.parse(from)) return null
  return <span className="ml-auto text-ink-3">verdicts are kept since {formatMoment(oldest)}</span>
}

function VerdictChart({ stats }: { stats: GuardrailStats }) {
  const { times, series } = useMemo(() => toSeries(stats), [stats])
  return (
    <Chart title="Verdicts" times={times} series={series} kind="stacked-bars" format={formatShort} tick={formatShort} />
  )
}

/** Measures that are shown though they are zero. */
const USUAL = 3

function toSeries({ series: steps, step_ms, total }: GuardrailStats): { times: number[]; series: ChartSeries[] } {
  return {
    times: steps.map((step) => Date.parse(step.ts) + step_ms / 2),
    // What is not used would crowd out what is.
    series: measures
      .filter(({ of }, index) => index < USUAL || of(total) > 0)
      .map(({ name, token, of }) => ({
        name,
        token,
        values: steps.map(of),
        summary: formatShort(of(total)),
      })),
  }
}
