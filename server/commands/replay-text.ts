import type { ArmSummary, RunEstimate, RunRow, RunSummary, SummaryRow } from '../http/admin/run-schemas.ts'
import { count, dollars, indented, milliseconds, page, percent, table } from './format.ts'

type Mean = ArmSummary['success']

export function estimateText({ items, calls, input_tokens, output_tokens, ...rest }: RunEstimate): string {
  const { cost_usd, cost_why, duration_s, warnings } = rest
  return page([
    `${count(items)} requests, ${count(calls)} calls at most, about ${count(input_tokens)} tokens in and ${count(output_tokens)} out`,
    `cost: ${cost_usd === null ? `not known, ${cost_why}` : `about ${dollars(cost_usd)}, without evaluators and judges`}`,
    `time: ${duration_s === null ? 'not known, as nothing of that target was measured of late' : `about ${duration(duration_s)}`}`,
    ...warnings.map((warning) => `warning: ${warning}`),
  ])
}

/** How far a run is, on one line. */
export function progressText(run: RunRow): string {
  const { total, done, failed, lost, per_minute, eta_s, cost_usd, waits_for_idle, state } = run
  const parts = [
    `${count(done)} of ${count(total)} (${Math.floor(((done + lost) * 100) / Math.max(total, 1))} %)`,
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(lost > 0 ? [`${count(lost)} lost`] : []),
    ...(waits_for_idle ? ['waits until no caller asks for anything'] : []),
    ...(per_minute === null ? [] : [`${per_minute < 10 ? per_minute.toFixed(1) : Math.round(per_minute)} a minute`]),
    ...(eta_s === null ? [] : [`about ${duration(eta_s)} left`]),
    ...(cost_usd > 0 ? [dollars(cost_usd)] : []),
  ]
  return `${state}: ${parts.join(', ')}`
}

export function runsText(runs: readonly RunRow[]): string {
  if (runs.length === 0) return page(['There are no runs yet.'])
  const rows = runs.map((run) => [
    run.id,
    run.state,
    `${count(run.done)}/${count(run.total)}`,
    count(run.failed),
    count(run.lost),
    dollars(run.cost_usd),
    run.created_at.slice(0, 16).replace('T', ' '),
    run.name,
  ])
  const heads = ['run', 'state', 'done', 'failed', 'lost', 'cost', 'created', 'name']
  return page(table([heads, ...rows], new Set([2, 3, 4, 5])))
}

/** What came of a run: both sides over all requests and by cohort. */
export function summaryText(run: RunRow, summaries: readonly RunSummary[]): string {
  const [{ total }] = summaries as [RunSummary]
  return page([
    `${run.name} (${run.id})`,
    progressText(run),
    ...(run.problem === null ? [] : [run.problem]),
    ...(run.lost === 0
      ? []
      : [`Lost requests are run again only when asked for: gatehouse replay retry-lost ${run.id}`]),
    '',
    ...totalLines(run, total),
    ...summaries.flatMap(({ by, rows }) => (by === null ? [] : ['', ...cohortLines(by, rows)])),
  ])
}

function totalLines(run: RunRow, { candidate, baseline }: SummaryRow): string[] {
  const arms = [candidate, ...(baseline ? [baseline] : [])]
  const names = [...new Set(arms.flatMap(({ scores }) => Object.keys(scores)))]
  const rates = [...new Set(arms.flatMap((arm) => Object.keys(arm.rates)))]
  const line = (name: string, of: (arm: ArmSummary) => string) => [name, ...arms.map(of)]
  const rows = [
    ['', 'candidate', ...(baseline ? ['baseline'] : [])],
    ['', run.candidate, ...(baseline ? [run.baseline] : [])],
    line('requests', ({ n }) => count(n)),
    line('success', ({ success }) => meanText(success)),
    ...rates.map((name) => line(name.replaceAll('_', ' '), (arm) => meanText(arm.rates[name]))),
    ...names.map((name) => line(`score of ${name}`, (arm) => meanText(arm.scores[name]))),
    line('latency, typical', (arm) => milliseconds(arm.latency_p50_ms)),
    line('latency, p95', (arm) => milliseconds(arm.latency_p95_ms)),
    line('first token, typical', (arm) => milliseconds(arm.ttft_p50_ms)),
    line('output tokens', (arm) => count(arm.output_tokens)),
    line('cost', (arm) => dollars(arm.cost_usd)),
  ]
  return [...table(rows), '', 'Intervals are of 95 % confidence: Wilson’s of what is yes or no, else Student’s t.']
}

function cohortLines(by: string, rows: readonly SummaryRow[]): string[] {
  const names = [...new Set(rows.flatMap(({ candidate }) => Object.keys(candidate.scores)))]
  const heads = [by, 'requests', 'success', ...names, 'latency', 'tokens', 'cost']
  const lines = rows.flatMap(({ value, candidate, baseline }) => [
    armLine(value!, candidate, names),
    ...(baseline ? [armLine('  baseline', baseline, names)] : []),
  ])
  return indented(table([heads, ...lines]), 0)
}

function armLine(name: string, arm: ArmSummary, names: readonly string[]): string[] {
  return [
    name,
    count(arm.n),
    percent(arm.success.mean),
    ...names.map((score) => (arm.scores[score]?.mean ?? null)?.toFixed(3) ?? '-'),
    milliseconds(arm.latency_p50_ms),
    count(arm.output_tokens),
    dollars(arm.cost_usd),
  ]
}

function meanText(mean: Mean | undefined): string {
  if (mean === undefined || mean.mean === null) return '-'
  const { lower, upper } = mean
  const ends = lower === null || upper === null ? '' : ` [${lower.toFixed(3)}, ${upper.toFixed(3)}]`
  return `${mean.mean.toFixed(3)}${ends}`
}

/** Two units at most, e.g. `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return minutes < 10 && whole % 60 > 0 ? `${minutes} min ${whole % 60} s` : `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}
