/** What `gatehouse simulate --json` prints. Milliseconds, US dollars, shares of 1; `null` for what is not known. */
export interface SimulationReport {
  /** Of the proposed config. */
  revision: string
  /** ISO 8601. */
  from: string
  to: string
  /** That were replayed. */
  requests: number
  left_out: LeftOut
  /** Names that the proposed config does not know: these requests would be refused. */
  unknown_routes: Counted<'route'>[]
  routes: RouteReport[]
}

/** Requests that say nothing of routing, or not enough. */
export interface LeftOut {
  /** Refused before they reached a target, e.g. without a key or for a route that was not there. */
  refused: number
  /** Answered with the reply that another one got for the same idempotency key. */
  repeated: number
  /** Recorded by a version that did not keep facts. */
  without_facts: number
}

export type Counted<Name extends string> = Record<Name, string> & { requests: number }

export interface RouteReport {
  route: string
  strategy: string
  requests: number
  /** What decided: a condition, or the strategy. */
  reasons: Counted<'reason'>[]
  targets: TargetReport[]
  cost: CostReport
  /** Whole replies, for those that are not streamed. */
  unary: LatencyReport
  /** First content of streams. */
  stream: LatencyReport
  /** Share of requests whose first call failed, or is to be expected to fail. */
  first_call_failed: { actual: number; simulated: number | null; unknown: number }
  /** Requests that a later target was tried for, and that failed in the end. */
  fallbacks: number
  failed: number
  /** Facts that predicates asked for and that were not recorded: they counted as not there. */
  missing_facts: Counted<'fact'>[]
}

/** By the first target that a request was, or would have been, sent to. */
export interface TargetReport {
  /** provider/model; `none` where every target was passed over. */
  target: string
  actual: number
  actual_share: number
  simulated: number
  simulated_share: number
  /** Of its attempts in these hours, whatever their route. */
  failed_share: number | null
  unary_p50_ms: number | null
  unary_p95_ms: number | null
  stream_p50_ms: number | null
  stream_p95_ms: number | null
}

export interface CostReport {
  actual_usd: number
  /** Requests that a target answered, or was left by, at a cost that is not known. */
  actual_unknown: number
  simulated_usd: number
  /** Requests to a target without a price, or on a machine without a history. */
  simulated_unknown: number
  /** Requests whose tokens were not recorded, e.g. as they failed. */
  unmeasured: number
}

export interface LatencyReport {
  requests: number
  actual_p50_ms: number | null
  actual_p95_ms: number | null
  /** Mixed from the histories of the targets. */
  simulated_p50_ms: number | null
  simulated_p95_ms: number | null
  /** Requests to a target without a history. */
  unknown: number
}
