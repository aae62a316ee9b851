import type { Exchange } from '../../server/core/exchange.ts'
import type { QualityPolicy, Ranked, Sticky, Target } from '../../server/core/policy.ts'
import type { RoutingQuestion } from '../../server/core/ports.ts'
import type { LatencySignal, QualitySignal, Signals } from '../../server/core/signals.ts'

/** Targets with these weights, named a, b, c … and frozen, so that nobody can change them unseen. */
export function targetsOf(...weights: number[]): readonly Target[] {
  return Object.freeze(
    weights.map((weight, index) =>
      Object.freeze({ provider: 'local', model: String.fromCharCode(97 + index), weight }),
    ),
  )
}

/** Who asks; `null`: nobody has been authenticated. */
export type Who = { tenant: string; session?: string | null; user?: string | null } | null

export interface Asked {
  id?: string
  who?: Who
  stream?: boolean
  sticky?: Sticky
  quality?: Partial<QualityPolicy>
  signals?: Partial<Signals>
}

export function questionOf(targets: readonly Target[], asked: Asked = {}): RoutingQuestion {
  const quality = { bar: 0, minSamples: 20, explore: 0.05, ...asked.quality }
  return {
    route: { name: 'support', sticky: asked.sticky ?? 'session', quality },
    targets,
    exchange: { id: asked.id ?? 'req_1', caller: callerOf(asked.who ?? null), stream: asked.stream ?? false },
    promptTokens: 1000,
    signals: { ...NOTHING_KNOWN, ...asked.signals },
  }
}

function callerOf(who: Who): Exchange['caller'] {
  if (who === null) return null
  const nobody = { team: null, key: null, routes: null, session: null, user: null, metadata: {} }
  return { ...nobody, ...who }
}

export const NO_LATENCY: LatencySignal = { p50Ms: null, p95Ms: null, samples: 0, lastAt: null }
export const NO_SCORES: QualitySignal = { mean: null, lower: 0, upper: 1, samples: 0 }

export const NOTHING_KNOWN: Signals = {
  now: () => 0,
  latency: () => NO_LATENCY,
  inFlight: () => 0,
  expectedCostNano: () => null,
  machineShare: () => 1,
  quality: () => NO_SCORES,
}

/** The models in their order, in one word. */
export function names(ranked: readonly Ranked[]): string {
  return ranked.map(({ target }) => target.model).join('')
}
