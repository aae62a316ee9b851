import type { ReplyView } from '../core/evaluation.ts'
import { type Attempt, costNano, type Exchange, mainAttempt } from '../core/exchange.ts'
import type { ArmResult } from '../core/experiment.ts'
import { targetName } from '../core/policy.ts'

/** One side of a pair as it is worked on. */
export interface Arm {
  exchange: Exchange
  /** `null`: there is no whole reply. */
  reply: ReplyView | null
  /** What evaluators say, by name of the rule. */
  scores: ReadonlyMap<string, number>
}

const TIMEOUTS: ReadonlySet<string> = new Set(['upstream_timeout', 'deadline_exceeded'])
const NANO = 1e9

/** What is compared of a side. `schemaValid`: of requests that ask for JSON. */
export function armResult({ exchange, reply, scores }: Arm, schemaValid: boolean | null): ArmResult {
  return judgedResult(callResult({ exchange, reply }), scores, schemaValid)
}

/** How a call went, before its reply is judged. */
export function callResult({ exchange, reply }: Omit<Arm, 'scores'>): ArmResult {
  const attempt = mainAttempt(exchange)
  const error = exchange.error?.code ?? (reply === null ? 'no_reply' : null)
  return {
    requestId: exchange.id,
    target: attempt ? targetName(attempt.target) : null,
    ...endedWith(error, () => (attempt ? measuresOf(exchange, attempt) : {})),
  }
}

/** By the code of the error, if any. What was measured counts for a reply that came. */
export function endedWith(
  error: string | null,
  measured: () => ArmResult['measures'],
): Pick<ArmResult, 'outcome' | 'error' | 'measures'> {
  const isBlocked = error === 'guardrail_blocked'
  const outcome = error === null || isBlocked ? 'ok' : TIMEOUTS.has(error) ? 'timeout' : 'error'
  return {
    outcome,
    error,
    measures: {
      success: outcome === 'ok' ? 1 : 0,
      guardrail_block: outcome === 'ok' ? Number(isBlocked) : null,
      ...(error === null ? measured() : {}),
    },
  }
}

/** Adds what a reply was found to be. */
export function judgedResult(
  result: ArmResult,
  scores: ReadonlyMap<string, number>,
  schemaValid: boolean | null,
): ArmResult {
  const refusal = scores.get('refusal')
  return {
    ...result,
    measures: {
      ...result.measures,
      ...(schemaValid === null ? {} : { schema: Number(schemaValid) }),
      ...(refusal === undefined ? {} : { refusal: refusal >= 0.5 ? 0 : 1 }),
      ...Object.fromEntries([...scores].map(([name, score]) => [`score:${name}`, score])),
    },
  }
}

/** Times are those of the call alone, without the wait for its turn. */
function measuresOf(exchange: Exchange, { startedAt, queuedMs, firstTokenAt, endedAt, usage }: Attempt) {
  const since = (time: number | null) => (time === null ? null : Math.max(0, time - startedAt - queuedMs))
  const cost = costNano(exchange)
  return {
    ttft: exchange.stream ? since(firstTokenAt) : null,
    latency: since(endedAt),
    tokens: usage?.output ?? null,
    cost: cost === null ? null : cost / NANO,
  }
}
