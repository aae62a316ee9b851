import type { Plan } from '../core/exchange.ts'
import { targetName } from '../core/policy.ts'
import type { Signals } from '../core/signals.ts'
import { Bill, type Prices } from './bill.ts'
import { ByName, Tally } from './by-name.ts'
import { Durations } from './durations.ts'
import type { Past } from './past.ts'
import type { Counted, LatencyReport, RouteReport, TargetReport } from './report.ts'
import { type Histories, isFailure, type TargetHistory } from './target-history.ts'

/** Of a request that was sent to nobody, as every target was passed over. */
const NO_TARGET = 'none'

/** Requests by the first target that they were, or would have been, sent to. */
interface FirstCalls {
  actual: number
  /** Would have been: by what is measured of them. */
  unary: number
  stream: number
}

/** What became of the requests of one route, and what would have become of them. */
export class RouteTally {
  readonly #route: string
  readonly #strategy: string
  readonly #bill: Bill
  readonly #reasons = new Tally()
  readonly #missing = new Tally()
  readonly #targets = new ByName<FirstCalls>(() => ({ actual: 0, unary: 0, stream: 0 }))
  readonly #tookMs = { unary: new Durations(), stream: new Durations() }
  #requests = 0
  #streams = 0
  #fallbacks = 0
  #failed = 0
  #firstCallsFailed = 0

  constructor(route: string, strategy: string, prices: Prices) {
    this.#route = route
    this.#strategy = strategy
    this.#bill = new Bill(prices)
  }

  /** `plan` is what the proposed policy makes of it; `missing` are facts that it asked for and that were not recorded. */
  add(past: Past, plan: Plan, missing: ReadonlySet<string>, signals: Signals): void {
    const { row } = past
    const { target } = plan.targets[0]!
    this.#requests += 1
    this.#streams += row.stream
    this.#reasons.add(plan.reason)
    for (const fact of missing) this.#missing.add(fact)
    this.#targets.of(targetName(target))[row.stream ? 'stream' : 'unary'] += 1
    this.#bill.addSimulated(past, target, signals)
    this.#bill.addActual(past)
    this.#addOutcome(past)
  }

  #addOutcome({ row, attempts }: Past): void {
    const [first] = attempts
    this.#targets.of(first ? `${first.provider}/${first.model}` : NO_TARGET).actual += 1
    if (first && isFailure(first)) this.#firstCallsFailed += 1
    this.#fallbacks += row.fallback
    const answered = row.status < 400
    if (row.status >= 500 || (answered && row.error !== null)) this.#failed += 1
    const tookMs = row.stream ? row.ttft_ms : row.duration_ms
    if (answered && tookMs !== null) this.#tookMs[row.stream ? 'stream' : 'unary'].add(tookMs)
  }

  report(histories: Histories): RouteReport {
    const targets = this.#targets.entries()
    return {
      route: this.#route,
      strategy: this.#strategy,
      requests: this.#requests,
      reasons: counted('reason', this.#reasons),
      targets: targets
        .map(([name, calls]) => targetReport(name, calls, this.#requests, histories.of(name)))
        .sort((one, other) => other.simulated - one.simulated || other.actual - one.actual),
      cost: this.#bill.report(histories),
      unary: this.#latency('unary', this.#requests - this.#streams, histories),
      stream: this.#latency('stream', this.#streams, histories),
      first_call_failed: this.#firstCalls(histories),
      fallbacks: this.#fallbacks,
      failed: this.#failed,
      missing_facts: counted('fact', this.#missing),
    }
  }

  #latency(kind: 'unary' | 'stream', requests: number, histories: Histories): LatencyReport {
    const expected = new Durations()
    let unknown = 0
    for (const [name, calls] of this.#targets.entries()) {
      const history = histories.of(name)?.[kind]
      if (history !== undefined && history.total > 0) expected.addLike(history, calls[kind])
      else unknown += calls[kind]
    }
    return {
      requests,
      actual_p50_ms: this.#tookMs[kind].quantile(0.5),
      actual_p95_ms: this.#tookMs[kind].quantile(0.95),
      simulated_p50_ms: expected.quantile(0.5),
      simulated_p95_ms: expected.quantile(0.95),
      unknown,
    }
  }

  #firstCalls(histories: Histories): RouteReport['first_call_failed'] {
    let expected = 0
    let known = 0
    for (const [name, { unary, stream }] of this.#targets.entries()) {
      const share = histories.of(name)?.failedShare ?? null
      if (share === null) continue
      expected += share * (unary + stream)
      known += unary + stream
    }
    return {
      actual: this.#firstCallsFailed / this.#requests,
      simulated: known === 0 ? null : expected / known,
      unknown: this.#requests - known,
    }
  }
}

function targetReport(
  target: string,
  { actual, unary, stream }: FirstCalls,
  requests: number,
  history: TargetHistory | undefined,
): TargetReport {
  return {
    target,
    actual,
    actual_share: actual / requests,
    simulated: unary + stream,
    simulated_share: (unary + stream) / requests,
    failed_share: history?.failedShare ?? null,
    unary_p50_ms: history?.unary.quantile(0.5) ?? null,
    unary_p95_ms: history?.unary.quantile(0.95) ?? null,
    stream_p50_ms: history?.stream.quantile(0.5) ?? null,
    stream_p95_ms: history?.stream.quantile(0.95) ?? null,
  }
}

/** The most frequent first. */
export function counted<Name extends string>(name: Name, tally: Tally): Counted<Name>[] {
  return tally.entries().map(([text, requests]) => ({ [name]: text, requests }) as Counted<Name>)
}
