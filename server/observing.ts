import type { Exchange } from './core/exchange.ts'
import type { Observer } from './core/ports.ts'
import type { Promoter } from './experiments/promotion/promoter.ts'
import type { LiveHub } from './http/admin/live-hub.ts'
import type { Db } from './stores/database.ts'
import type { Recorder } from './stores/recorder.ts'
import { latestScores } from './stores/scores.ts'
import type { HealthBook } from './telemetry/health.ts'
import { redactFor } from './telemetry/hide.ts'
import { type OtelNameOf, type Redact, recordOf } from './telemetry/record.ts'
import type { RouteTraffic } from './telemetry/route-traffic.ts'
import type { PastScore, TargetBook } from './telemetry/target-book.ts'

/** What evaluators said is taken up again at a start, so far back and so many of them. */
const SCORE_DAYS = 7
const MOST_SCORES = 20_000

/** Who is told of requests. */
export interface Observers {
  targets: TargetBook
  routeTraffic: RouteTraffic
  health: HealthBook
  live: LiveHub
  recorder: Recorder
  promoter(): Promoter
  redact: Redact
  otelNameOf: OtelNameOf
}

/** Tells everyone of what happens to requests. */
export function observing(observers: Observers): Observer {
  const { targets, routeTraffic, health, live, recorder, promoter, redact, otelNameOf } = observers
  return {
    requestStart(exchange) {
      if (isShown(exchange)) live.requestStart(exchange)
    },
    attemptStart(exchange, index) {
      targets.attemptStart(exchange.attempts[index]!.target)
      if (isShown(exchange)) live.attemptStart(exchange, index)
    },
    attemptTurn(exchange, index) {
      if (isShown(exchange)) live.attemptStart(exchange, index)
    },
    attemptEnd(exchange, index) {
      const attempt = exchange.attempts[index]!
      targets.attemptEnd(attempt, exchange.stream)
      if (isShown(exchange)) routeTraffic.attemptEnd(exchange, index)
      health.note(attempt, attempt.error && redactFor(exchange, redact)(attempt.error.message))
      if (isShown(exchange)) live.attemptEnd(exchange, index)
    },
    scored: (exchange, index, score) =>
      targets.noteScore(exchange.plan!.route, exchange.attempts[index]!.target, score),
    requestEnd(exchange) {
      if (isShown(exchange)) routeTraffic.requestEnd(exchange)
      promoter().requestEnd(exchange)
      const record = recordOf(exchange, otelNameOf, redact)
      recorder.append(record)
      if (isShown(exchange)) live.requestEnd(record)
    },
  }
}

/** What nobody called for is no traffic of a route's; what guardrails and evaluators ask is, of theirs. */
function isShown({ purpose }: Exchange): boolean {
  return purpose === 'live' || purpose === 'check'
}

/** The scores that target books are filled with at a start. */
export function pastScores(db: Db): PastScore[] {
  const now = Date.now()
  return latestScores(db, now - SCORE_DAYS * 86_400_000, now + 1, MOST_SCORES).map(
    ({ ts, route, provider, model, score }) => ({
      route,
      target: { provider, model },
      score,
      ageMs: now - ts,
    }),
  )
}
