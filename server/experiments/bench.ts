import type { BenchEvent, BenchResult } from '../core/bench.ts'
import type { Caller } from '../core/caller.ts'
import type { ClientDialect } from '../core/dialect.ts'
import type { ChatEvent } from '../core/events.ts'
import { type Exchange, mainAttempt } from '../core/exchange.ts'
import { DEFAULT_KEEP_MS } from '../core/experiment-policy.ts'
import { type Target, targetName } from '../core/policy.ts'
import { readReplyView } from '../evaluators/reply-view.ts'
import type { OwnResult, RunOwn } from '../pipeline/own-request.ts'
import type { Client } from '../pipeline/reply.ts'
import { armResult } from './arm.ts'
import { changeOf } from './change.ts'
import type { ExperimentStore } from './store.ts'

/** One prompt for several targets. */
export interface BenchOrder {
  targets: readonly Target[]
  messages: readonly { role: 'system' | 'user' | 'assistant'; content: string }[]
  maxTokens: number | null
  temperature: number | null
  /** One after the other, so that none slows another down; else all at once. */
  inTurn: boolean
  /** On whose behalf. */
  caller: Caller
}

export interface BenchDeps {
  runOwn: RunOwn
  store: ExperimentStore
  /** In which the gateway talks to itself. */
  dialect: ClientDialect
  memoryOf(target: Target): Promise<number | null>
}

const NANO = 1e9

/** Has up to four targets answer the same prompt while somebody watches, and keeps each further reply as a pair with the first. */
export async function bench(
  order: BenchOrder,
  deps: BenchDeps,
  tell: (event: BenchEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const answer = (target: Target, index: number) => answerBy(target, index, { order, deps, tell, signal })
  const results: OwnResult[] = []
  if (order.inTurn)
    for (const [index, target] of order.targets.entries()) {
      if (signal.aborted) return
      results.push(await answer(target, index))
    }
  else results.push(...(await Promise.all(order.targets.map(answer))))
  if (signal.aborted) return
  const experiments: string[] = []
  for (const [index, result] of results.entries())
    if (index > 0) experiments.push(await keepPair(order, deps, { first: results[0]!, result, index }))
  tell({ type: 'saved', experiments })
}

interface Bench {
  order: BenchOrder
  deps: BenchDeps
  tell(event: BenchEvent): void
  signal: AbortSignal
}

async function answerBy(target: Target, index: number, { order, deps, tell, signal }: Bench): Promise<OwnResult> {
  tell({ type: 'start', target: index })
  const body = {
    model: targetName(target),
    messages: order.messages,
    stream: true,
    ...(order.maxTokens === null ? {} : { max_tokens: order.maxTokens }),
    ...(order.temperature === null ? {} : { temperature: order.temperature }),
  }
  const result = await deps.runOwn(
    {
      surface: '/v1/chat/completions',
      dialect: deps.dialect,
      address: {},
      headers: {},
      remoteAddress: '127.0.0.1',
      body: Buffer.from(JSON.stringify(body)),
      receivedAt: performance.now(),
    },
    { caller: order.caller, purpose: 'bench', target, content: { keepMs: DEFAULT_KEEP_MS, request: index === 0 } },
    listener(deps.dialect, signal, (text) => tell({ type: 'delta', target: index, text })),
  )
  const memory = await deps.memoryOf(target).catch(() => null)
  tell({ type: 'end', target: index, result: resultOf(result.exchange, memory) })
  return result
}

function resultOf(exchange: Exchange, memory: number | null): BenchResult {
  const attempt = mainAttempt(exchange)
  const { firstTokenAt, endedAt, startedAt = 0, queuedMs = 0, usage } = attempt ?? {}
  const began = startedAt + queuedMs
  const seconds = firstTokenAt && endedAt ? (endedAt - firstTokenAt) / 1000 : 0
  const tokens = usage?.output ?? null
  return {
    request_id: exchange.id,
    error: exchange.error?.message ?? null,
    ttft_ms: firstTokenAt ? firstTokenAt - began : null,
    duration_ms: endedAt ? endedAt - began : null,
    output_tokens: tokens,
    tokens_per_s: tokens !== null && tokens > 1 && seconds > 0 ? (tokens - 1) / seconds : null,
    cost_usd: attempt?.costNano == null ? null : attempt.costNano / NANO,
    memory_bytes: memory,
  }
}

/** A client that reads along. */
function listener(dialect: ClientDialect, signal: AbortSignal, onText: (text: string) => void): Client {
  const reader = dialect.eventReader!()
  const kinds = new Map<number, string>()
  const see = (event: ChatEvent) => {
    if (event.type === 'part-start') kinds.set(event.part, event.kind)
    if (event.type === 'part-delta' && kinds.get(event.part) === 'text') onText(event.text)
  }
  return {
    get gone() {
      return signal.aborted
    },
    whole() {},
    head() {},
    write(chunk) {
      for (const event of reader.push(Buffer.from(chunk))) see(event)
      return true
    },
    end() {},
    abort() {},
    onDrain() {},
    onGone: (gone) => signal.addEventListener('abort', gone, { once: true }),
  }
}

/** Pairs of the same two targets go on with one experiment. */
async function keepPair(
  { targets }: BenchOrder,
  { store }: BenchDeps,
  { first, result, index }: { first: OwnResult; result: OwnResult; index: number },
): Promise<string> {
  const [baseline, candidate] = [targetName(targets[0]!), targetName(targets[index]!)]
  const experiment = await store.open({
    kind: 'bench',
    name: `${baseline} and ${candidate}`,
    route: null,
    baseline,
    candidate,
    settings: { alpha: 0.05, margins: {}, cohorts: [], evaluators: [], judge: null, optional: ['schema', 'refusal'] },
    fingerprint: `bench ${baseline} ${candidate}`,
  })
  const [one, other] = [first, result].map(({ exchange, events }) => ({
    exchange,
    reply: events && readReplyView(events),
  }))
  await store.addPair({
    id: result.exchange.id,
    experiment,
    at: Date.now(),
    requestId: first.exchange.id,
    baseline: armResult({ ...one!, scores: new Map() }, null),
    candidate: armResult({ ...other!, scores: new Map() }, null),
    self: null,
    skipped: null,
    change: changeOf(one!.reply, other!.reply),
    selfChange: null,
    cohort: {},
  })
  return experiment
}
