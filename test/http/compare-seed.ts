import { randomBytes } from 'node:crypto'
import type { ReplyView, ToolCallView } from '../../server/core/evaluation.ts'
import type { ArmResult, Content, Experiment, PairRecord, SkipReason, Vote } from '../../server/core/experiment.ts'
import type { ChatRequest } from '../../server/core/request.ts'
import { openForWriting } from '../../server/stores/database.ts'
import { contentWriter } from '../../server/stores/experiments/contents.ts'
import { Laboratory } from '../../server/stores/experiments/laboratory.ts'
import type { TestGateway } from '../support/gateway.ts'

/** One side of a pair: what it said, or why it said nothing. */
export interface SeededArm {
  reply: ReplyView | null
  outcome?: ArmResult['outcome']
  error?: string
  measures?: Record<string, number | null>
}

export interface SeededPair {
  request: ChatRequest
  baseline?: SeededArm
  candidate?: SeededArm
  self?: SeededArm
  skipped?: SkipReason
  change?: PairRecord['change']
  selfChange?: PairRecord['selfChange']
  cohort?: Record<string, string>
  votes?: Record<string, Vote>
}

const KEPT_MS = 86_400_000

/** An experiment as a mirror opens it, with the given differences. */
export function experimentOf(change: Partial<Experiment> = {}): Experiment {
  const startedAt = change.startedAt ?? Date.now() - 2 * 3_600_000
  return {
    id: `exp_${startedAt.toString(16).padStart(12, '0')}${randomBytes(4).toString('hex')}`,
    kind: 'mirror',
    name: 'support → sandbox/new',
    route: 'support',
    baseline: 'sandbox/old',
    candidate: 'sandbox/new',
    settings: {
      alpha: 0.05,
      margins: { latency_p50: 0.25 },
      cohorts: ['tenant', 'metadata.app'],
      evaluators: ['groundedness'],
      judge: null,
      optional: ['schema'],
    },
    startedAt,
    endedAt: null,
    ...change,
  }
}

/**
 * Writes an experiment with its pairs, as a mirror would have left them, into the store of a gateway that runs. Pairs are
 * a second apart. Returns their ids.
 */
export function seedExperiment(gateway: TestGateway, experiment: Experiment, pairs: readonly SeededPair[]): string[] {
  const db = openForWriting(gateway.home.store)
  try {
    const laboratory = new Laboratory(db)
    const writeContent = contentWriter(db)
    const { id, route, startedAt, endedAt } = experiment
    const keep = (request_id: string, content: Content, tenant: string | null) =>
      writeContent({ request_id, route: route ?? '-', tenant }, { ...content, expiresAt: Date.now() + KEPT_MS })
    laboratory.do({ type: 'open-experiment', experiment: { ...experiment, endedAt: null }, fingerprint: id })
    const ids = db.transaction(() =>
      pairs.map((pair, index) => addPair(laboratory, keep, experiment, pair, startedAt + index * 1000)),
    )()
    if (endedAt !== null) laboratory.do({ type: 'end-experiment', id, at: endedAt })
    return ids
  } finally {
    db.close()
  }
}

type Keep = (requestId: string, content: Content, tenant: string | null) => void

function addPair(
  laboratory: Laboratory,
  keep: Keep,
  { id: experiment, baseline, candidate }: Experiment,
  pair: SeededPair,
  at: number,
): string {
  const id = requestId(at)
  const tenant = pair.cohort?.tenant ?? null
  const arm = (seeded: SeededArm | undefined, target: string, own: string): ArmResult | null => {
    if (seeded === undefined) return null
    if (own !== id && seeded.reply) keep(own, { request: null, reply: seeded.reply }, tenant)
    const outcome = seeded.outcome ?? 'ok'
    const measures = { success: outcome === 'ok' ? 1 : 0, ...seeded.measures }
    return { requestId: own, target, outcome, error: seeded.error ?? null, measures }
  }
  keep(id, { request: pair.request, reply: pair.baseline?.reply ?? null }, tenant)
  laboratory.do({
    type: 'add-pair',
    pair: {
      ...{ id, experiment, at, requestId: id },
      baseline: arm(pair.baseline, baseline, id),
      candidate: arm(pair.candidate, candidate, requestId(at)),
      self: arm(pair.self, baseline, requestId(at)),
      skipped: pair.skipped ?? null,
      change: pair.change ?? null,
      selfChange: pair.selfChange ?? null,
      cohort: pair.cohort ?? {},
    },
  })
  for (const [actor, vote] of Object.entries(pair.votes ?? {}))
    laboratory.do({ type: 'vote', experiment, pair: id, vote, actor, at })
  return id
}

function requestId(at: number): string {
  return `req_${at.toString(16).padStart(12, '0')}${randomBytes(8).toString('hex')}`
}

/** A chat request with one question, a system prompt and some tools. */
export function requestOf(question: string, { system = '', tools = [] as string[] } = {}): ChatRequest {
  const text = (role: 'system' | 'user', said: string) => ({ role, parts: [{ type: 'text' as const, text: said }] })
  return {
    dialect: 'openai-chat',
    model: 'support',
    messages: [...(system === '' ? [] : [text('system', system)]), text('user', question)],
    tools: tools.map((name) => ({ type: 'function', name, parameters: { type: 'object' } })),
    sampling: {},
    output: { type: 'text' },
    stream: false,
    streamUsage: false,
    extra: {},
  }
}

/** A whole reply. */
export function sayingOf(text: string, toolCalls: readonly ToolCallView[] = []): ReplyView {
  return { text, refusal: '', toolCalls, finishReason: toolCalls.length > 0 ? 'tool-calls' : 'stop' }
}
