import type { AnnotationAnswers, AnnotationCommand } from './annotation.ts'
import type { DatasetAnswers, DatasetCommand } from './dataset.ts'
import type { ScoreRecord } from './evaluation.ts'
import type { Experiment, PairRecord, Purpose, Vote } from './experiment.ts'
import type { NewPromotion, PromotionChange } from './promotion.ts'
import type { RunAnswers, RunCommand } from './run.ts'

/** Scores that came after their request was recorded. */
export interface LateScores {
  request_id: string
  epoch: number
  route: string
  purpose: Purpose
  attempts: readonly { provider: string; model: string }[]
  scores: readonly ScoreRecord[]
}

/** What is asked of the store for experiments. `at` is milliseconds since the epoch. */
export type ExperimentCommand =
  /** Goes on with the open one of the same fingerprint; any other open one of the same kind and route ends. */
  | { type: 'open-experiment'; experiment: Experiment; fingerprint: string }
  | { type: 'end-experiment'; id: string; at: number }
  /** The same pair twice keeps the first. */
  | { type: 'add-pair'; pair: PairRecord }
  /** `null` takes the person's vote back. */
  | { type: 'vote'; experiment: string; pair: string; vote: Vote | null; actor: string; at: number }
  | { type: 'add-scores'; scored: LateScores }
  | DatasetCommand
  | AnnotationCommand
  | RunCommand
  | { type: 'begin-promotion'; promotion: NewPromotion }
  | { type: 'change-promotion'; change: PromotionChange }

export interface ExperimentAnswers extends DatasetAnswers, RunAnswers, AnnotationAnswers {
  'open-experiment': Experiment
  'end-experiment': boolean
  'add-pair': null
  /** False where there is no such pair. */
  vote: boolean
  'add-scores': null
  /** Its id; `null` where the route has another one under way. */
  'begin-promotion': number | null
  /** False where it is over already. */
  'change-promotion': boolean
}
