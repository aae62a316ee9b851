import { requestIdFloor } from '../../server/core/ids.ts'
import type { AttemptRecord } from '../../server/core/record.ts'
import { providers } from '../../server/providers/index.ts'
import type { RouteReport, SimulationReport } from '../../server/simulation/report.ts'
import { simulate } from '../../server/simulation/simulate.ts'
import { type Db, openForWriting } from '../../server/stores/database.ts'
import { type RequestExtra, type RequestsRow, requestWriter } from '../../server/stores/requests.ts'
import { strategies } from '../../server/strategies/index.ts'
import { costSource } from '../../server/telemetry/cost-source.ts'
import { createPrices } from '../../server/telemetry/prices.ts'
import { compile } from '../config/compile.ts'

/** When every history of these tests begins: midnight, UTC. */
export const START = Date.UTC(2026, 0, 15)

/** A call as a test tells of it: good, unary, and over after 100 ms, but for what is told otherwise. */
export interface PastCall extends Partial<AttemptRecord> {
  /** provider/model */
  target: string
}

/** A request as a test tells of it; its row holds what the calls do, but for what is told otherwise. */
export interface PastTold {
  /** Milliseconds after `START`. */
  at: number
  calls?: readonly PastCall[]
  facts?: Record<string, unknown> | null
  extra?: Partial<RequestExtra>
  row?: Partial<RequestsRow>
}

/** A store in memory with these requests; their ids are the same in every run. */
export function storeOf(requests: readonly PastTold[]): Db {
  const db = openForWriting(':memory:')
  const write = requestWriter(db)
  for (const [index, told] of requests.entries()) write(rowOf(told, index))
  return db
}

function rowOf({ at, calls = [], facts = {}, extra, row }: PastTold, index: number): RequestsRow {
  const attempts = calls.map(attemptOf)
  const last = attempts.at(-1)
  const durationMs = Math.max(1, ...attempts.map(({ started_ms, duration_ms }) => started_ms + (duration_ms ?? 0)))
  return {
    request_id: `${requestIdFloor(START + at)}${index.toString(16).padStart(16, '0')}`,
    trace_id: `trace-${index}`,
    ts: START + at,
    route: 'support',
    tenant: 'local',
    team: null,
    key_id: null,
    session: null,
    user: null,
    surface: '/v1/chat/completions',
    stream: 0,
    status: last === undefined || last.outcome === 'ok' ? 200 : 502,
    provider: last?.provider ?? null,
    model: last?.model ?? null,
    attempts: attempts.length,
    attempt_list: JSON.stringify(attempts),
    fallback: Number(attempts.some(({ reason }) => reason === 'fallback')),
    synthetic: 0,
    cache: null,
    guardrail: null,
    finish_reason: null,
    input_tokens: 1000,
    output_tokens: 200,
    cache_read_tokens: 0,
    reasoning_tokens: 0,
    cost_nano: null,
    duration_ms: durationMs,
    ttft_ms: last?.ttft_ms ?? null,
    overhead_ms: 0,
    revision: '0',
    error: null,
    error_message: null,
    extra: JSON.stringify({ skipped: [], scores: [], last_resort: null, replay_of: null, ...extra }),
    facts: facts && JSON.stringify({ 'request.tokens': 1000, ...facts }),
    similarity: null,
    saved_nano: null,
    saved_ms: null,
    lookup_ms: null,
    purpose: 'live',
    experiment: null,
    copy_of: null,
    ...row,
  }
}

function attemptOf({ target, ...more }: PastCall, index: number): AttemptRecord {
  const slash = target.indexOf('/')
  return {
    index,
    provider: target.slice(0, slash),
    model: target.slice(slash + 1),
    otel_name: 'openai',
    span_id: `span-${index}`,
    reason: index === 0 ? 'first' : 'fallback',
    outcome: more.error ? 'error' : 'ok',
    status: 200,
    error: null,
    error_message: null,
    started_ms: 0,
    duration_ms: 100,
    queued_ms: 0,
    resumed_at: null,
    ttft_ms: more.duration_ms ?? 100,
    reply_id: null,
    reply_model: null,
    finish_reason: 'stop',
    usage: null,
    cost_nano: null,
    synthetic: false,
    ...more,
  }
}

export interface Simulated extends SimulationReport {
  /** Of the route `support`. */
  support: RouteReport
  /** Of `support`: how many requests were, and would have been, sent to each target first. */
  shares: Record<string, [actual: number, simulated: number]>
}

const PROVIDERS = `providers:
  up: { kind: openai, api_key: "\${env:KEY}" }
  local: { kind: vllm }
  gpu: { kind: vllm, base_url: http://127.0.0.1:9/v1, gpu_usd_per_hour: 3.6 }`

/** What a config with this as its only route, `support`, makes of the requests between two moments. */
export function simulated(db: Db, route: string, from = 0, to = 86_400_000): Simulated {
  const policy = compile(`version: 1\n${PROVIDERS}\nroutes:\n  support: ${route}\n`)
  const costs = costSource(() => policy, providers, createPrices())
  const prices = { ...costs, isSynthetic: (provider: string) => provider === 'sandbox' }
  const report = simulate({ db, policy, strategies, prices, from: START + from, to: START + to, route: null })
  const support = report.routes.find(({ route }) => route === 'support')!
  const shares = support?.targets.map(({ target, actual, simulated }) => [target, [actual, simulated]])
  return { ...report, support, shares: Object.fromEntries(shares ?? []) as Simulated['shares'] }
}
