import type { Split, TraceSelection } from './datasets.ts'

/** An evaluator as `evaluators.require` of a route names it: with the options of its kind beside `use` and `name`. */
export type EvaluatorRule = string | ({ use: string; name?: string } & Record<string, unknown>)

export interface EvaluatorKind {
  id: string
  description: string
  /** What each means. */
  options: Record<string, string>
}

/** What a run is asked for; either `dataset` or `traces` is given. */
export interface RunOrder {
  name?: string
  /** NAME@VERSION, or NAME for the latest version. */
  dataset?: string
  split?: Split
  traces?: Omit<TraceSelection, 'reference'>
  candidate: RunCandidate
  /** `recorded` where nothing is said; `none`: the candidate is only scored. */
  baseline?: 'recorded' | 'none' | { target?: string; route?: string }
  /** Those of each request's route where none are given. */
  evaluators?: EvaluatorRule[]
  judge?: { route: string; rubric?: string; allow_own_family?: boolean }
  /** How much worse the candidate may be, by metric or `score:NAME`. */
  margins?: Record<string, number>
  /** Facts for which the verdict is also given: `tenant`, `model`, `prompt`, `metadata.NAME`, … */
  cohorts?: string[]
  /**
   * Conversations with tool calls begin at their latest question, and whoever answers is given what the tools gave then,
   * as long as it asks for the same.
   */
  replay_tools?: boolean
  /** Requests under way at once. */
  concurrency?: number
  /** `idle`: only while no request of a caller is under way. */
  when?: 'now' | 'idle'
  /** The run pauses once it has cost this much. */
  budget_usd?: number
  /** Residencies that these requests may go to although their route does not. */
  allow_residency?: string[]
}

/** Who answers. Exactly one is given, but that a config may come with a route. */
export interface RunCandidate {
  /** `provider/model`, called alone. */
  target?: string
  /** Of the running config or, with `config`, of that one. */
  route?: string
  /** A proposed config, as YAML. */
  config?: string
}

export interface RunEstimate {
  items: number
  /** Of models, those of evaluators and judges included; at most. */
  calls: number
  input_tokens: number
  output_tokens: number
  /** Without what evaluators and judges cost; `null`: not known. */
  cost_usd: number | null
  cost_why: string | null
  duration_s: number | null
  warnings: string[]
}

export interface RunCreated {
  id: string
  estimate: RunEstimate
}

/** A run and how far it is. Times are ISO 8601. */
export interface Run {
  /** Also that of its experiment, which has the verdict and the pairs. */
  id: string
  name: string
  state: 'waiting' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed'
  /** What is run, for people. */
  source: string
  dataset: string | null
  split: Split | null
  candidate: string
  baseline: string
  evaluators: string[]
  cohorts: string[]
  when: 'now' | 'idle'
  concurrency: number
  total: number
  /** Requests that came to their end, well or not. */
  done: number
  /** Of those, the ones that the candidate failed. */
  failed: number
  /** Cut off as the gateway stopped; made again only where that is asked for (`retryLost`). */
  lost: number
  running: number
  waits_for_idle: boolean
  per_minute: number | null
  /** Seconds until it is done. */
  eta_s: number | null
  cost_usd: number
  budget_usd: number | null
  created_at: string
  started_at: string | null
  ended_at: string | null
  actor: string
  /** Why it is paused or has failed. */
  problem: string | null
}

export interface RunPage {
  data: Run[]
  next_cursor: string | null
}

/** A mean with its 95 % interval. */
export interface Mean {
  n: number
  mean: number | null
  lower: number | null
  upper: number | null
  /** Wilson's interval of what is 0 or 1, else Student's t. */
  method: 'wilson' | 't'
}

export interface ArmSummary {
  n: number
  success: Mean
  /** Other shares of the requests: `schema`, `refusal`, `guardrail_block`, `preference`. */
  rates: Record<string, Mean>
  /** By evaluator. */
  scores: Record<string, Mean>
  latency_p50_ms: number | null
  latency_p95_ms: number | null
  ttft_p50_ms: number | null
  ttft_p95_ms: number | null
  output_tokens: number
  cost_usd: number | null
}

export interface SummaryRow {
  /** Of the cohort; `-` where a request has none; `null`: all. */
  value: string | null
  n: number
  candidate: ArmSummary
  baseline: ArmSummary | null
}

export interface RunSummary {
  id: string
  by: string | null
  total: SummaryRow
  /** By value of `by`, the largest first. */
  rows: SummaryRow[]
}
