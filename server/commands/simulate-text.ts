import type { LatencyReport, RouteReport, SimulationReport } from '../simulation/report.ts'
import { count, dollars, indented, milliseconds, page, percent, table } from './format.ts'

export interface Proposal {
  /** The file. */
  config: string
  /** As it was asked for, e.g. `24h`. */
  last: string
  warnings: readonly string[]
}

/** Names of routes that are refused are shown up to so many. */
const MOST_SHOWN = 10
const ALL_BUT_FIRST = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9])

const LIMITS = [
  'Expected times and failures are those that each target had in these hours. Not foreseen: what more or less traffic',
  'does to a target, breakers, retries, hedges and escalations. Requests that move are priced without a prompt cache.',
]

/** A simulation for a terminal. */
export function simulationText(report: SimulationReport, { config, last, warnings }: Proposal): string {
  const { requests, revision, from, to, routes } = report
  const lines = [
    `${plural(requests, 'request')} of the last ${last} through ${config} (revision ${revision})`,
    `  from ${from} to ${to}`,
    ...indented(leftOutLines(report)),
    ...indented(refusedLines(report)),
    ...warnings.map((warning) => `  warning: ${warning}`),
    ...routes.flatMap(routeLines),
    ...(routes.length === 0 ? [] : ['', ...LIMITS]),
  ]
  return page(lines)
}

function leftOutLines({ left_out: left }: SimulationReport): string[] {
  return [
    ...(left.refused === 0 ? [] : [`left out: ${count(left.refused)} refused before they reached a target`]),
    ...(left.repeated === 0
      ? []
      : [`left out: ${count(left.repeated)} answered with the reply of another (idempotency-key)`]),
    ...(left.without_facts === 0
      ? []
      : [`left out: ${count(left.without_facts)} recorded by a version that did not keep what predicates ask`]),
  ]
}

function refusedLines({ unknown_routes: unknown }: SimulationReport): string[] {
  if (unknown.length === 0) return []
  const all = unknown.reduce((sum, { requests }) => sum + requests, 0)
  const shown = unknown.slice(0, MOST_SHOWN).map(({ route, requests }) => `${route} ${count(requests)}`)
  if (unknown.length > MOST_SHOWN) shown.push(`and ${unknown.length - MOST_SHOWN} more names`)
  return [`would be refused (unknown route): ${count(all)} (${shown.join(', ')})`]
}

function routeLines(route: RouteReport): string[] {
  const { reasons, missing_facts: missing } = route
  const decided = reasons.map(({ reason, requests }) => `${reason} (${count(requests)})`)
  return [
    '',
    `${route.route}, ${route.strategy}: ${plural(route.requests, 'request')}`,
    ...indented([
      ...targetLines(route),
      `decided by ${decided.join('; ')}`,
      ...missing.map(
        ({ fact, requests }) =>
          `${fact} was not recorded for ${plural(requests, 'request')}, and counted as not being there`,
      ),
      '',
      ...figureLines(route),
    ]),
  ]
}

/** Shares are by the target that was called first; the other figures are those of its attempts in these hours. */
function targetLines({ targets, unary, stream }: RouteReport): string[] {
  const head = [
    'called first',
    'actual',
    '',
    'simulated',
    '',
    'failed',
    ...(unary.requests === 0 ? [] : ['p50', 'p95']),
    ...(stream.requests === 0 ? [] : ['first token p50', 'p95']),
  ]
  const rows = targets.map((target) => [
    target.target,
    count(target.actual),
    percent(target.actual_share),
    count(target.simulated),
    percent(target.simulated_share),
    percent(target.failed_share),
    ...(unary.requests === 0 ? [] : [milliseconds(target.unary_p50_ms), milliseconds(target.unary_p95_ms)]),
    ...(stream.requests === 0 ? [] : [milliseconds(target.stream_p50_ms), milliseconds(target.stream_p95_ms)]),
  ])
  return table([head, ...rows], ALL_BUT_FIRST)
}

function figureLines(route: RouteReport): string[] {
  const { cost, unary, stream, first_call_failed: failed } = route
  const rows = [
    ['', 'actual', 'simulated', ''],
    ['cost', dollars(cost.actual_usd), dollars(cost.simulated_usd), costRemark(route)],
    ...latencyRows('whole reply', unary),
    ...latencyRows('first token', stream),
    ['first call failed', percent(failed.actual), percent(failed.simulated), unknownRemark(failed.unknown)],
    ['another target tried', count(route.fallbacks), '-', ''],
    ['request failed', count(route.failed), '-', ''],
  ]
  return table(rows, new Set([1, 2]))
}

function latencyRows(name: string, latency: LatencyReport): string[][] {
  if (latency.requests === 0) return []
  const remark = unknownRemark(latency.unknown)
  return [
    [`${name} p50`, milliseconds(latency.actual_p50_ms), milliseconds(latency.simulated_p50_ms), remark],
    [`${name} p95`, milliseconds(latency.actual_p95_ms), milliseconds(latency.simulated_p95_ms), remark],
  ]
}

function costRemark({ cost }: RouteReport): string {
  return [
    ...(cost.actual_unknown === 0 ? [] : [`actual not known for ${count(cost.actual_unknown)}`]),
    ...(cost.simulated_unknown === 0 ? [] : [`simulated not known for ${count(cost.simulated_unknown)}`]),
    ...(cost.unmeasured === 0 ? [] : [`${count(cost.unmeasured)} without a count of tokens`]),
  ].join(', ')
}

function unknownRemark(unknown: number): string {
  return unknown === 0 ? '' : `not known for ${count(unknown)}, whose target had no calls to judge by`
}

function plural(number: number, word: string): string {
  return `${count(number)} ${word}${number === 1 ? '' : 's'}`
}
