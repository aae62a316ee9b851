import type { Run, TraceSlice } from '../../core/run.ts'
import type { RunEstimate as Estimate } from '../../experiments/runs/estimate.ts'
import { type RunOrder as Order, sourceName } from '../../experiments/runs/order.ts'
import type { RunPace } from '../../experiments/runs/runner.ts'
import type { ArmSummary as Arm, SummaryRow as Row, RunSummary as Summary } from '../../statistics/run-summary.ts'
import type { ArmSummary, RunEstimate, RunOrder, RunRow, RunSummary, SummaryRow } from './run-schemas.ts'

const NANO = 1e9
const DAY_MS = 86_400_000
const USUAL_DAYS = 7
const USUAL_LIMIT = 1000
const DEFAULT_RUBRIC = 'The better reply answers the request correctly, completely and to the point.'

/** An order as the rooms below want it. Throws a TypeError for a moment that is none. */
export function orderOf(body: RunOrder, now: number): Order {
  const { judge, traces } = body
  return {
    name: body.name ?? null,
    dataset: body.dataset ?? null,
    split: body.split ?? null,
    traces: traces ? sliceOf(traces, now) : null,
    candidate: body.candidate,
    baseline: body.baseline ?? 'recorded',
    evaluators: (body.evaluators as Order['evaluators'] | undefined) ?? null,
    judge: judge
      ? { route: judge.route, rubric: judge.rubric ?? DEFAULT_RUBRIC, allowOwnFamily: judge.allow_own_family ?? false }
      : null,
    margins: body.margins ?? {},
    cohorts: body.cohorts ?? [],
    replaysTools: body.replay_tools ?? false,
    concurrency: body.concurrency ?? null,
    when: body.when ?? 'now',
    budgetUsd: body.budget_usd ?? null,
    allowResidency: body.allow_residency ?? [],
  }
}

function sliceOf(traces: NonNullable<RunOrder['traces']>, now: number): TraceSlice {
  const { route, from, to, days = USUAL_DAYS, sample = 1, where = [], limit = USUAL_LIMIT } = traces
  const end = to === undefined ? now : momentOf(to)
  return { route, from: from === undefined ? end - days * DAY_MS : momentOf(from), to: end, sample, where, limit }
}

function momentOf(text: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new TypeError(`"${text}" is no moment such as 2026-01-31T12:00:00Z`)
  return time
}

export function toEstimateRow(estimate: Estimate): RunEstimate {
  const { items, calls, inputTokens, outputTokens, costUsd, costWhy, durationS, warnings } = estimate
  return {
    ...{ items, calls, warnings },
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cost_usd: costUsd,
    cost_why: costWhy,
    duration_s: durationS,
  }
}

export function toRunRow(run: Run, { perMinute, waitsForIdle, note }: RunPace): RunRow {
  const { experiment, plan, progress } = run
  const { total, done, failed, lost, started } = progress
  const { source } = plan
  const isDataset = source.of === 'dataset'
  return {
    id: experiment.id,
    name: experiment.name,
    state: run.state,
    source: sourceName(
      { traces: isDataset ? null : source, split: isDataset ? source.split : null },
      isDataset ? source.label : null,
    ),
    dataset: isDataset ? source.label : null,
    split: isDataset ? source.split : null,
    candidate: experiment.candidate,
    baseline: experiment.baseline,
    evaluators: [...experiment.settings.evaluators],
    cohorts: [...experiment.settings.cohorts],
    when: plan.when,
    concurrency: plan.concurrency,
    ...{ total, done, failed, lost, running: started },
    waits_for_idle: waitsForIdle,
    per_minute: perMinute,
    eta_s: perMinute === null ? null : ((total - done - lost) * 60) / perMinute,
    cost_usd: progress.costNano / NANO,
    budget_usd: plan.budgetNano === null ? null : plan.budgetNano / NANO,
    created_at: new Date(run.createdAt).toISOString(),
    started_at: momentText(run.startedAt),
    ended_at: momentText(run.endedAt),
    actor: run.actor,
    problem: run.problem ?? note,
  }
}

function momentText(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

export function toSummary(id: string, by: string | null, { total, rows }: Summary): RunSummary {
  return { id, by, total: toSummaryRow(total), rows: rows.map(toSummaryRow) }
}

function toSummaryRow({ value, n, candidate, baseline }: Row): SummaryRow {
  return { value, n, candidate: toArmRow(candidate), baseline: baseline && toArmRow(baseline) }
}

function toArmRow(arm: Arm): ArmSummary {
  const { n, success, rates, scores, latencyP50, latencyP95, ttftP50, ttftP95, outputTokens, costUsd } = arm
  return {
    ...{ n, success, rates, scores },
    latency_p50_ms: latencyP50,
    latency_p95_ms: latencyP95,
    ttft_p50_ms: ttftP50,
    ttft_p95_ms: ttftP95,
    output_tokens: outputTokens,
    cost_usd: costUsd,
  }
}
