import type { Target } from './policy.ts'

/** Of one target over the last five minutes. Milliseconds; `null` where nothing was measured. */
export interface LatencySignal {
  p50Ms: number | null
  p95Ms: number | null
  /** Answers that were measured. */
  samples: number
  /** `Clock.now()` of the last one. */
  lastAt: number | null
}

/** How replies of one target fared with a route's evaluators, 0..1; the bounds hold with 95 % confidence. */
export interface QualitySignal {
  mean: number | null
  lower: number
  upper: number
  samples: number
}

/** What is known of targets, for strategies and for people. Targets are told apart by provider and model. */
export interface Signals {
  /** `Clock.now()`. */
  now(): number
  /** Time to first content of streams, or whole durations of unary replies. */
  latency(target: Target, stream: boolean): LatencySignal
  /** Calls under way. */
  inFlight(target: Target): number
  /** What one request will likely cost in nano-dollars: catalogue price or GPU time; `null` when it is not known. */
  expectedCostNano(target: Target, promptTokens: number): number | null
  quality(route: string, target: Target): QualitySignal
  /** Which part of its machine's time a call to a provider takes while others share it, 0..1. */
  machineShare(provider: string): number
}
