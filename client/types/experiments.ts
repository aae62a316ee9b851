import type { Verdict } from './verdict.ts'
import type { ReplyView, RequestView } from './views.ts'

/** A comparison of a candidate with a baseline. Times are ISO 8601. */
export interface Experiment {
  id: string
  kind: 'mirror' | 'replay' | 'bench'
  name: string
  route: string | null
  baseline: string
  candidate: string
  started_at: string
  ended_at: string | null
  /** Requests that were drawn. */
  drawn: number
  /** Of those, the ones with both sides. */
  pairs: number
}

export interface ExperimentDetail extends Experiment {
  /** Fixed before the first pair. */
  settings: ExperimentSettings
  coverage: Coverage
  verdict: Verdict
  /** Values by key, as pairs have them. */
  cohorts: Record<string, string[]>
}

export interface ExperimentSettings {
  readonly alpha: number
  readonly evaluators: readonly string[]
  readonly margins: Readonly<Record<string, number>>
  readonly cohorts: readonly string[]
  readonly judge: { route: string; rubric: string; allowOwnFamily: boolean } | null
}

/** What became of the requests that were drawn. */
export interface Coverage {
  paired: number
  candidate_error: number
  candidate_timeout: number
  /** By why. */
  skipped: Record<string, number>
  with_self: number
}

/** How one side of a pair went. */
export interface ArmResult {
  requestId: string | null
  target: string | null
  outcome: 'ok' | 'error' | 'timeout'
  error: string | null
  /** 0..1, milliseconds, tokens or dollars. */
  measures: Readonly<Record<string, number | null>>
}

export type Change = 'identical' | 'format-only' | 'substantive' | 'failure'
export type Vote = 'baseline' | 'candidate' | 'tie'

export interface Pair {
  id: string
  at: string
  request_id: string | null
  baseline: ArmResult | null
  candidate: ArmResult | null
  /** The baseline once more. */
  self: ArmResult | null
  /** Why there is no pair. */
  skipped: string | null
  change: { kind: Change; amount: number } | null
  cohort: Record<string, string>
  votes: Record<Vote, number>
  own_vote: Vote | null
  /** Redacted; `null` where they are not kept any more. */
  texts: {
    request: RequestView | null
    baseline: ReplyView | null
    candidate: ReplyView | null
    self: ReplyView | null
  } | null
}

export interface PairPage {
  data: Pair[]
  next_cursor: string | null
}
