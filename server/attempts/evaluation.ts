import { chatRequestOf } from '../core/chat-request.ts'
import type {
  EvaluationServices,
  Measured,
  ReplyView,
  RequestView,
  Score,
  ScoreRecord,
  Subject,
} from '../core/evaluation.ts'
import type { Attempt, Exchange, Inbound } from '../core/exchange.ts'
import type { JudgingPolicy } from '../core/policy.ts'
import type { Evaluated } from '../evaluators/evaluate.ts'
import { readRequestView } from '../evaluators/request-view.ts'

/** What judging is done with; the app wires it once. */
export interface EvaluationDeps {
  /** The ways out for one request's evaluators. */
  servicesFor(exchange: Exchange): EvaluationServices
  /** The route's budget lets evaluators ask models. */
  mayAsk(route: string, judging: JudgingPolicy): boolean
  /** Takes scores of a reply that is out; they are recorded when they are there. */
  later(exchange: Exchange, work: Promise<ScoreRecord[]>): void
}

const requests = new WeakMap<Inbound, RequestView>()

/** An attempt's reply with what it is judged by. The request is read when an evaluator asks for it. */
export function subjectOf(inbound: Inbound, attempt: Attempt, reply: ReplyView): Subject {
  return {
    reply,
    get request() {
      const read = requests.get(inbound) ?? readRequestView(chatRequestOf(inbound))
      requests.set(inbound, read)
      return read
    },
    measured: measuredOf(attempt),
    reference: null,
    target: attempt.target,
  }
}

export function measuredOf({ startedAt, firstTokenAt, endedAt, costNano }: Attempt): Measured {
  return {
    durationMs: (endedAt ?? performance.now()) - startedAt,
    ttftMs: firstTokenAt === null ? null : firstTokenAt - startedAt,
    costNano,
  }
}

/** The scores of those that could tell. */
export function scoresOf(evaluated: readonly Evaluated[], { index }: Attempt, gates: boolean): ScoreRecord[] {
  return evaluated.flatMap(({ rule, score }) =>
    score === null ? [] : [{ evaluator: rule.name, attempt: index, gates, ...score }],
  )
}

/** Of no scores `null`. */
export function meanOf(scores: readonly Score[]): number | null {
  return scores.length === 0 ? null : scores.reduce((sum, { score }) => sum + score, 0) / scores.length
}
