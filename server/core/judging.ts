import type { EvaluatorRule } from './evaluation.ts'
import type { Target } from './target.ts'

/** What judging may take. */
export interface JudgingBudget {
  /** Milliseconds that a client waits for evaluators at most; what is not judged by then passes. */
  timeMs: number
  /** Nano-dollars a day for evaluators that ask a model; `null`: as much as it takes. */
  perDayNano: number | null
}

/** How replies are judged. */
export interface JudgingPolicy {
  /** All must pass. */
  require: readonly EvaluatorRule[]
  /** Those that only say what they think of it, once the reply is out. */
  watch: readonly EvaluatorRule[]
  /** Share of replies that are judged. */
  sample: number
  budget: JudgingBudget
  /** Comes after the route's own targets. */
  escalateTo: Target | null
  /** Streams are held back until they are judged; else the next turn escalates. */
  holdStreams: boolean
}
