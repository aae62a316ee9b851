import type { FinishReason } from './events.ts'

/** A reply as evaluators see it, whatever dialect it came in. Of several choices the first. */
export interface ReplyView {
  text: string
  refusal: string
  toolCalls: readonly { name: string; arguments: string }[]
  finishReason: FinishReason | null
}

/** What an evaluator says: 0..1, and why in one sentence that repeats nothing of the reply. */
export interface Score {
  score: number
  passed: boolean
  reason: string
}

/** Judges whole replies. Must not throw. */
export interface Evaluator {
  readonly id: string
  score(reply: ReplyView): Score
}

/** A kind of evaluator, made with the options that a route's `evaluators.require` gives. */
export interface EvaluatorKind {
  readonly id: string
  /** Options it takes, with what each means. */
  readonly options: Readonly<Record<string, string>>
  /** Throws a TypeError that says what is wrong with the options. */
  create(options: Readonly<Record<string, unknown>>): Evaluator
}

/** A score of one attempt's reply, as it is recorded. */
export interface ScoreRecord extends Score {
  evaluator: string
  /** Index of the attempt. */
  attempt: number
}
