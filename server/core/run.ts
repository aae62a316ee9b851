import type { DatasetItem, Split } from './dataset.ts'
import type { Experiment, PairRecord } from './experiment.ts'

/**
 * `waiting`: not begun; `paused`: until somebody lets it go on; `failed`: it cannot go on. The others speak for
 * themselves.
 */
export const RUN_STATES = ['waiting', 'running', 'paused', 'done', 'cancelled', 'failed'] as const
export type RunState = (typeof RUN_STATES)[number]

/** Who answers the requests of a run. */
export type RunArm =
  /** Called alone, within the route that the request was for. */
  | { by: 'target'; provider: string; model: string }
  /** A route of the config that ran when the run was made decides. */
  | { by: 'route'; route: string }
  /** A proposed config decides: this route of it, or the one that the request was for (`null`). */
  | { by: 'config'; route: string | null }

/** Which of the stored traffic is run. Times are milliseconds since the epoch. */
export interface TraceSlice {
  route: string
  from: number
  to: number
  /** Share of the requests; the same ones are drawn again. */
  sample: number
  /** Conditions as in `when` of a route, or terms such as `status=200`. */
  where: readonly (string | Readonly<Record<string, unknown>>)[]
  limit: number
}

/** Where the requests of a run come from. `label` is `NAME@VERSION`. */
export type RunSource =
  | { of: 'dataset'; dataset: string; label: string; split: Split | null }
  | ({ of: 'traces' } & TraceSlice)

/** An evaluator as `evaluators.require` of a route names it. */
export type EvaluatorDocument = string | Readonly<{ use: string; name?: string } & Record<string, unknown>>

/** What a run was asked for. With the settings of its experiment it is fixed before the first call. */
export interface RunPlan {
  /** Of the config that ran when the run was made, which holds to its end. */
  revision: string
  source: RunSource
  candidate: RunArm
  /** `recorded`: what was replied when the request was asked for real. */
  baseline: RunArm | 'recorded' | 'none'
  /** `null`: those of each request's route. */
  evaluators: readonly EvaluatorDocument[] | null
  /**
   * A conversation in which tools were called begins at its latest question, and whoever answers is given what the tools
   * gave then, as long as it asks for the same.
   */
  replaysTools: boolean
  /** Requests under way at once. */
  concurrency: number
  /** `idle`: only while no request of a caller is under way. */
  when: 'now' | 'idle'
  /** Nano-dollars; `null`: as much as it costs. */
  budgetNano: number | null
}

/** How far a run is, in requests. `done` + `lost` + `started` and those that wait make `total`. */
export interface RunProgress {
  total: number
  /** Those that came to their end, well or not. */
  done: number
  /** Of those, the ones that the candidate failed. */
  failed: number
  /** Their calls were cut off by the end of the process: nobody knows what came of them. */
  lost: number
  /** Under way. */
  started: number
  /** Nano-dollars so far, of everything that was called. */
  costNano: number
}

/** A run: an experiment of kind `replay` that goes through a list of requests. They have one id. */
export interface Run {
  experiment: Experiment
  plan: RunPlan
  state: RunState
  createdAt: number
  startedAt: number | null
  endedAt: number | null
  actor: string
  /** Why it is paused or has failed, for people. */
  problem: string | null
  progress: RunProgress
}

/** A request of a run. */
export interface RunItem {
  position: number
  item: DatasetItem
}

/** What is asked of the store for runs. `at` is milliseconds since the epoch. */
export type RunCommand =
  /** Nobody sees it before `open-run`. `proposed`: the text of a config. */
  | { type: 'begin-run'; id: string; dataset: string | null; proposed: string | null; actor: string; at: number }
  | { type: 'fill-run'; id: string; items: readonly { position: number; item: DatasetItem | null }[] }
  /** With its experiment, which has the same id. */
  | { type: 'open-run'; experiment: Experiment; plan: RunPlan }
  /** Takes back what `open-run` has not shown yet. */
  | { type: 'drop-run'; id: string }
  /**
   * Before its calls are made; it is on the disk when this is answered, so that not even a power cut makes them twice.
   * False: it is not waiting, so nothing may be called. The same `claim` again, a random text, is the same start.
   */
  | { type: 'start-run-item'; id: string; position: number; claim: string; at: number }
  /** Back among those that wait: nothing was called for it. */
  | { type: 'release-run-item'; id: string; position: number; claim: string }
  /** What came of it, with its pair, in one transaction. The same twice keeps the first. */
  | {
      type: 'finish-run-item'
      pair: PairRecord
      position: number
      state: 'done' | 'failed' | 'lost'
      /** Nano-dollars of all its calls. */
      costNano: number
      at: number
    }
  | {
      type: 'change-run'
      id: string
      change: RunChange
      problem: string | null
      /** In the place of the plan's, where it is given. */
      budgetNano?: number
      /** `null`: nobody asked for it. */
      actor: string | null
      at: number
    }
  /** Lost requests wait again. */
  | { type: 'retry-lost-items'; id: string; actor: string; at: number }
  /** At a start: what was under way is lost, what was being filled is taken back. */
  | { type: 'recover-runs'; at: number }

export type RunChange = 'pause' | 'resume' | 'cancel' | 'end' | 'fail'

export interface RunAnswers {
  'begin-run': null
  'fill-run': null
  'open-run': null
  'drop-run': null
  'start-run-item': boolean
  'release-run-item': null
  'finish-run-item': null
  /** The state it is in now, `changed` or not; `null` where there is no such run. */
  'change-run': { state: RunState; changed: boolean } | null
  /** How many; `null` where there is no such run. */
  'retry-lost-items': number | null
  /** Ids of the runs to go on with, the oldest first. */
  'recover-runs': string[]
}

/** Id of a request's pair: they are in the order of the list. */
export function runPairId(run: string, position: number): string {
  return `${run}:${String(position).padStart(8, '0')}`
}

/** Characters of a cohort's value; longer ones are ids or texts rather than groups. */
const LONGEST_VALUE = 64

/** What groups a request belongs to, by key; `-` where it has none. */
export function cohortOfFacts(
  keys: readonly string[],
  facts: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, cohortValue(key, facts)]))
}

export function cohortValue(key: string, facts: Readonly<Record<string, string>>): string {
  const value = Object.hasOwn(facts, key) ? facts[key]! : ''
  return value === '' ? '-' : value.slice(0, LONGEST_VALUE)
}
