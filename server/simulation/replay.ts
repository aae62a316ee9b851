import { blankAttempt } from '../attempts/blank-attempt.ts'
import type { Clock } from '../core/clock.ts'
import type { ScoreRecord } from '../core/evaluation.ts'
import type { Attempt } from '../core/exchange.ts'
import type { AttemptRecord } from '../core/record.ts'
import type { Signals } from '../core/signals.ts'
import { usageOf } from '../core/usage.ts'
import type { ReplyScore } from '../stores/scores.ts'
import { type CostSource, TargetBook } from '../telemetry/target-book.ts'
import { Timeline } from './timeline.ts'

/** What happened to one request. Times are milliseconds since the epoch. */
export interface PastCalls {
  /** When it came. */
  at: number
  /** When it was over. */
  endedAt: number
  route: string
  stream: boolean
  attempts: readonly AttemptRecord[]
  scores: readonly ScoreRecord[]
  /** Of the attempt that answered; `null` where it is not known. */
  outputTokens: number | null
}

/** Lets time pass over stored requests, so that at each moment as much is known of targets as was known then. */
export class Replay {
  readonly #book: TargetBook
  readonly #timeline = new Timeline()
  #now: number

  /** `scores` are those from before, the oldest first. */
  constructor(costs: CostSource, begin: number, scores: readonly ReplyScore[]) {
    this.#now = begin
    this.#book = new TargetBook(this.#clock(), costs)
    this.#book.restore(
      scores.map(({ ts, route, provider, model, score }) => ({
        route,
        target: { provider, model },
        score,
        ageMs: begin - ts,
      })),
    )
  }

  get signals(): Signals {
    return this.#book
  }

  /** Moments must be given in their order. */
  advanceTo(at: number): void {
    for (let event = this.#timeline.next(at); event !== null; event = this.#timeline.next(at)) {
      this.#now = Math.max(this.#now, event.at)
      event.happen()
    }
    this.#now = Math.max(this.#now, at)
  }

  /** Has everything of a request happen at its time, which must not be over. */
  add({ at, endedAt, route, stream, attempts, scores, outputTokens }: PastCalls): void {
    for (const record of attempts) {
      const attempt = attemptOf(record, at, endedAt, outputTokens)
      this.#timeline.add(attempt.startedAt, () => this.#book.attemptStart(attempt.target))
      this.#timeline.add(attempt.endedAt!, () => this.#book.attemptEnd(attempt, stream))
    }
    for (const [index, judged] of Map.groupBy(scores, ({ attempt }) => attempt)) {
      const { provider, model } = attempts[index]!
      const mean = judged.reduce((sum, { score }) => sum + score, 0) / judged.length
      this.#timeline.add(endedAt, () => this.#book.noteScore(route, { provider, model }, mean))
    }
  }

  #clock(): Clock {
    return {
      now: () => this.#now,
      after() {
        throw new Error('nobody can wait for what is over')
      },
    }
  }
}

/** With absolute times. */
function attemptOf(record: AttemptRecord, at: number, requestEnd: number, outputTokens: number | null): Attempt {
  const startedAt = at + record.started_ms
  return {
    ...blankAttempt({ provider: record.provider, model: record.model, weight: 1 }),
    startedAt,
    // Not in what older versions stored.
    queuedMs: record.queued_ms ?? 0,
    firstTokenAt: record.ttft_ms === null ? null : startedAt + record.ttft_ms,
    endedAt: record.duration_ms === null ? Math.max(startedAt, requestEnd) : startedAt + record.duration_ms,
    outcome: record.outcome,
    usage: outputTokens === null ? null : usageOf({ output: outputTokens }, null),
  }
}
