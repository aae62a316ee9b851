import type { Facts } from './facts.ts'
import type { Target } from './target.ts'

/** How a share of a route's traffic is copied to a candidate. */
export interface MirrorPolicy {
  candidate: Target
  /** Share of the requests that are copied. */
  sample: number
  /** As written, for people; `null`: any request. */
  condition: { text: string; matches(facts: Facts): boolean } | null
  /** `idle`: only while no request of a caller is under way. */
  when: 'always' | 'idle'
  /** Share of the copied requests that go to the primary once more: its difference with itself is the noise floor. */
  selfShare: number
  /** Copies under way at once. */
  maxConcurrency: number
  /** Nano-dollars that copies may cost a day; `null`: as much as they do. */
  perDayNano: number | null
  /** What pairs are told apart by: `tenant`, `model`, `metadata.NAME`. */
  cohorts: readonly string[]
  judge: PairJudgePolicy | null
  /** By metric (`EXPERIMENT_METRICS` or `score:NAME`): how much worse the candidate may be. */
  margins: Readonly<Record<string, number>>
  /** How long the texts of pairs are kept, in milliseconds. */
  keepMs: number
}

/** Who says which of two replies is better. */
export interface PairJudgePolicy {
  /** The route that is asked. */
  route: string
  rubric: string
  allowOwnFamily: boolean
}

/** Which texts of requests and replies are kept, apart from pairs. */
export interface ContentPolicy {
  /** Share of the requests. */
  sample: number
  keepMs: number
}

/** A share of a route's traffic on its way to another target. */
export interface RolloutPolicy {
  target: Target
  /** Share of the requests, 0..1; a session stays where it is. */
  share: number
}

/** Of texts that are kept, where no time is given. */
export const DEFAULT_KEEP_MS = 30 * 86_400_000

/** What replies are compared by, beside `score:NAME` for each evaluator. */
export interface ExperimentMetric {
  /** In `margins` of the config. */
  id: string
  /** For people. */
  label: string
  /** Under which it stands in `ArmResult.measures`. */
  measure: string
  shape: 'bounded' | 'ratio-p50' | 'ratio-p95'
  better: 'higher' | 'lower'
  /** Absolute for `bounded`, relative for the others. */
  margin: number
  /** It takes part in the verdict even where the config says nothing of it. */
  decisive: boolean
}

const bounded = { shape: 'bounded', margin: 0.02, decisive: true } as const
const ratio = { shape: 'ratio-p50', better: 'lower', margin: 0.1, decisive: false } as const

export const EXPERIMENT_METRICS: readonly ExperimentMetric[] = [
  { ...bounded, id: 'success', label: 'Success', measure: 'success', better: 'higher' },
  { ...bounded, id: 'schema', label: 'Valid under the schema', measure: 'schema', better: 'higher' },
  { ...bounded, id: 'refusal', label: 'Refusals', measure: 'refusal', better: 'lower' },
  { ...bounded, id: 'guardrail_block', label: 'Guardrail blocks', measure: 'guardrail_block', better: 'lower' },
  { ...bounded, id: 'preference', label: 'Judge preference', measure: 'preference', better: 'higher', margin: 0.1 },
  {
    ...bounded,
    id: 'votes',
    label: 'Human votes',
    measure: 'votes',
    better: 'higher',
    margin: 0.1,
    decisive: false,
  },
  { ...ratio, id: 'ttft_p50', label: 'Time to first token, typical', measure: 'ttft' },
  { ...ratio, id: 'latency_p50', label: 'Latency, typical', measure: 'latency' },
  { ...ratio, id: 'latency_p95', label: 'Latency, p95', measure: 'latency', shape: 'ratio-p95', margin: 0.25 },
  { ...ratio, id: 'tokens', label: 'Output tokens', measure: 'tokens', margin: 0.25 },
  { ...ratio, id: 'cost', label: 'Cost', measure: 'cost' },
]

/** Of evaluators' scores. */
export const DEFAULT_SCORE_MARGIN = 0.05
