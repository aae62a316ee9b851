import { GatewayError } from '../core/errors.ts'
import type { Plan } from '../core/exchange.ts'
import type { Policy } from '../core/policy.ts'
import type { Strategy } from '../core/ports.ts'
import { planNamed, routeName } from '../pipeline/route.ts'
import type { Db } from '../stores/database.ts'
import { attemptTokens, type PastRequest, pastRequests } from '../stores/history.ts'
import { latestScores } from '../stores/scores.ts'
import type { Prices } from './bill.ts'
import { Tally } from './by-name.ts'
import { type Past, readPast } from './past.ts'
import { recordedFacts } from './recorded-facts.ts'
import { Replay } from './replay.ts'
import type { LeftOut, SimulationReport } from './report.ts'
import { counted, RouteTally } from './route-tally.ts'
import { Histories } from './target-history.ts'

export interface SimulationAsk {
  db: Db
  /** The proposed one. */
  policy: Policy
  strategies: ReadonlyMap<string, Strategy>
  /** By the proposed policy. */
  prices: Prices
  /** Milliseconds since the epoch; `to` is not included. */
  from: number
  to: number
  /** Only requests that name it; `null` for all. */
  route: string | null
}

/** What is known of targets at the beginning was learned in so long before it. */
const WARM_UP_MS = 30 * 60_000
const SCORES_MS = 7 * 86_400_000
const MOST_SCORES = 20_000
/** Requests that name provider/model stand together. */
const DIRECT = 'provider/model'

/**
 * Asks a policy about stored requests, one after the other, each with what was known of targets at its time. Who was
 * called and how long it took, how it ended and what machines were busy with is taken from what happened: that other
 * calls would have made other queues is not foreseen, nor are breakers, retries, hedges and escalations.
 */
export function simulate(ask: SimulationAsk): SimulationReport {
  const { db, prices, from, to } = ask
  const begin = from - WARM_UP_MS
  const replay = new Replay(prices, begin, latestScores(db, begin - SCORES_MS, begin, MOST_SCORES))
  const histories = new Histories()
  const walk = new Walk(ask, replay)
  const findTokens = attemptTokens(db)
  for (const row of pastRequests(db, begin, to)) {
    const past = readPast(row, findTokens)
    replay.advanceTo(row.ts)
    if (row.ts >= from) {
      for (const attempt of past.attempts) histories.note(attempt, row.stream === 1)
      walk.see(past)
    }
    replay.add({
      at: row.ts,
      endedAt: row.ts + row.duration_ms,
      route: row.route,
      stream: row.stream === 1,
      attempts: past.attempts,
      scores: past.extra.scores,
      outputTokens: past.tokens?.output ?? null,
    })
  }
  return walk.report(histories)
}

class Walk {
  readonly #ask: SimulationAsk
  readonly #replay: Replay
  readonly #routes = new Map<string, RouteTally>()
  readonly #unknown = new Tally()
  readonly #leftOut: LeftOut = { refused: 0, repeated: 0, without_facts: 0 }
  #requests = 0

  constructor(ask: SimulationAsk, replay: Replay) {
    this.#ask = ask
    this.#replay = replay
  }

  see(past: Past): void {
    const { policy, route } = this.#ask
    const { row } = past
    const name = routeName(row.route, row.surface.startsWith('/api/'), policy)
    if (route !== null && name !== route) return
    const reason = reasonToLeaveOut(past)
    if (reason !== null) {
      this.#leftOut[reason] += 1
      return
    }
    this.#requests += 1
    const missing = new Set<string>()
    const plan = this.#plan(name, row, missing)
    if (plan === null) this.#unknown.add(name)
    else this.#tally(plan).add(past, plan, missing, this.#replay.signals)
  }

  /** `null` where the policy does not know the name. */
  #plan(name: string, row: PastRequest, missing: Set<string>): Plan | null {
    const { policy, strategies } = this.#ask
    const recorded = JSON.parse(row.facts!) as Record<string, unknown>
    const { tenant, team, key_id: key, session, user } = row
    const caller = { tenant: tenant ?? '', team, key, session, user, routes: null, metadata: {} }
    try {
      return planNamed(name, {
        exchange: { id: row.request_id, caller, stream: row.stream === 1 },
        facts: recordedFacts(row, recorded, (path) => missing.add(path)),
        promptTokens: Number(recorded['request.tokens'] ?? 0),
        policy,
        strategies,
        signals: this.#replay.signals,
      })
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'unknown_route') return null
      throw error
    }
  }

  #tally({ route, strategy }: Plan): RouteTally {
    const name = strategy === 'direct' ? DIRECT : route
    const known = this.#routes.get(name)
    if (known) return known
    const tally = new RouteTally(name, strategy, this.#ask.prices)
    this.#routes.set(name, tally)
    return tally
  }

  report(histories: Histories): SimulationReport {
    const { policy, from, to } = this.#ask
    return {
      revision: policy.revision,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      requests: this.#requests,
      left_out: this.#leftOut,
      unknown_routes: counted('route', this.#unknown),
      routes: [...this.#routes.values()]
        .map((tally) => tally.report(histories))
        .sort((one, other) => other.requests - one.requests),
    }
  }
}

function reasonToLeaveOut({ row, attempts, extra }: Past): keyof LeftOut | null {
  if ((extra.replay_of ?? null) !== null) return 'repeated'
  if (row.facts === null) return attempts.length === 0 ? 'refused' : 'without_facts'
  // Whoever has no target left is refused with 503, or is given a last resort.
  const sent = attempts.length > 0 || row.status >= 500 || (extra.last_resort ?? null) !== null
  return sent ? null : 'refused'
}
