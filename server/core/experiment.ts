import type { ReplyView } from './evaluation.ts'
import type { MirrorPolicy } from './experiment-policy.ts'
import type { ChatRequest } from './request.ts'

/** What a request was made for. All but `live` are the gateway's own, and nobody is billed for them. */
export const PURPOSES = ['live', 'check', 'mirror', 'replay', 'bench'] as const
export type Purpose = (typeof PURPOSES)[number]

/** Another trace's request. */
export interface Link {
  requestId: string
  traceId: string
  spanId: string
}

/** The texts of one request, redacted, in no dialect. `null`: not kept, or kept with another request. */
export interface Content {
  request: ChatRequest | null
  reply: ReplyView | null
}

/** Texts on their way into the store. */
export interface KeptContent extends Content {
  /** Milliseconds since the epoch. */
  expiresAt: number
}

/** A comparison of a candidate with a baseline, over pairs of replies to the same requests. */
export interface Experiment {
  /** Begins with its time, so that ids are in order. */
  id: string
  kind: 'mirror' | 'replay' | 'bench'
  name: string
  route: string | null
  /** For people: a route, `provider/model`, `recorded`, or another run. */
  baseline: string
  /** `provider/model`, or a proposed config's revision. */
  candidate: string
  settings: ExperimentSettings
  startedAt: number
  /** `null` while pairs may come. */
  endedAt: number | null
}

/** Fixed before the first pair; a change begins another experiment. */
export interface ExperimentSettings extends Pick<MirrorPolicy, 'margins' | 'cohorts'> {
  /** False-answer rate, at every time of looking. */
  alpha: number
  /** Names of the evaluators whose scores are compared. */
  evaluators: readonly string[]
  judge: MirrorPolicy['judge']
  /** Ids of metrics that hold no answer up while no pair has them: those that need not apply to any request. */
  optional?: readonly string[]
}

/** How one side of a pair went. */
export interface ArmResult {
  /** The exchange that made it, where its texts are kept. */
  requestId: string | null
  /** `provider/model` that answered, or was called last. */
  target: string | null
  outcome: 'ok' | 'error' | 'timeout'
  /** Code of the error. */
  error: string | null
  /**
   * By measure: 0..1 for what is `bounded`, milliseconds, tokens, dollars. `null`: not known. What failed has `success` 0
   * and nothing else.
   */
  measures: Readonly<Record<string, number | null>>
}

/** Why a request that was drawn has no pair. */
export const SKIP_REASONS = [
  'busy',
  'too_large',
  'budget',
  'not_idle',
  'queue_full',
  'stopped',
  'baseline_failed',
  'baseline_cached',
  'no_baseline',
  'lost',
] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

/** How much two replies differ: 0 for the same, 1 for nothing in common. */
export interface Change {
  kind: 'identical' | 'format-only' | 'substantive' | 'failure'
  amount: number
}

/** One request and what the sides made of it. What it is keyed by makes the same one arrive once. */
export interface PairRecord {
  /** Id of the request, or `RUN:POSITION`. */
  id: string
  experiment: string
  /** Milliseconds since the epoch. */
  at: number
  /** The request that was copied; its texts are kept there. */
  requestId: string | null
  baseline: ArmResult | null
  candidate: ArmResult | null
  /** A second reply of the baseline's target to the same request. */
  self: ArmResult | null
  /** `null` where both sides are there. */
  skipped: SkipReason | null
  change: Change | null
  selfChange: Change | null
  /** By the experiment's cohort keys; `-` where a request has none. */
  cohort: Readonly<Record<string, string>>
}

/** What became of the requests that were drawn. */
export interface Coverage {
  paired: number
  candidateError: number
  candidateTimeout: number
  skipped: Readonly<Partial<Record<SkipReason, number>>>
  /** Of the pairs, those with a second reply of the baseline. */
  withSelf: number
}

/** Which of two replies a person prefers. */
export const VOTES = ['baseline', 'candidate', 'tie'] as const
export type Vote = (typeof VOTES)[number]
