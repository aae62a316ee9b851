import type { ExperimentCommand } from '../../core/experiment-commands.ts'
import { type Db, writing } from '../database.ts'
import { type ScoredRecord, scoresRows, scoreWriter } from '../scores.ts'
import { AnnotationWriter } from './annotation-writer.ts'
import { contentSweeper } from './contents.ts'
import { DatasetWriter } from './dataset-writer.ts'
import { ExperimentWriter } from './experiments.ts'
import { PairWriter } from './pairs.ts'
import { PromotionWriter } from './promotions.ts'
import { RunWriter } from './run-writer.ts'

/** Rows that one transaction takes away, so that records are not kept waiting for more than some milliseconds. */
const STEP_ROWS = 200

/** Experiments, on the connection that writes. */
export class Laboratory {
  readonly #annotation: AnnotationWriter
  readonly #datasets: DatasetWriter
  readonly #experiments: ExperimentWriter
  readonly #pairs: PairWriter
  readonly #promotions: PromotionWriter
  readonly #runs: RunWriter
  readonly #addScores
  readonly #sweep

  constructor(db: Db) {
    this.#annotation = new AnnotationWriter(db)
    this.#datasets = new DatasetWriter(db)
    this.#experiments = new ExperimentWriter(db)
    this.#pairs = new PairWriter(db)
    this.#promotions = new PromotionWriter(db)
    this.#runs = new RunWriter(db, this.#experiments, this.#pairs)
    const writeScore = scoreWriter(db)
    this.#addScores = writing(db, (scored: ScoredRecord) => scoresRows(scored).forEach(writeScore))
    this.#sweep = contentSweeper(db)
  }

  /** Returns what `ExperimentAnswers` says of the command. */
  do(command: ExperimentCommand): unknown {
    switch (command.type) {
      case 'open-experiment':
        return this.#experiments.open(command.experiment, command.fingerprint)
      case 'end-experiment':
        return this.#experiments.end(command.id, command.at)
      case 'add-pair':
        this.#pairs.add(command.pair)
        return null
      case 'vote':
        return this.#pairs.vote(command.experiment, command.pair, command.vote, command.actor, command.at)
      case 'begin-promotion':
        return this.#promotions.begin(command.promotion)
      case 'change-promotion':
        return this.#promotions.change(command.change)
      case 'add-scores':
        this.#addScores(command.scored)
        return null
      case 'begin-run':
      case 'fill-run':
      case 'open-run':
      case 'drop-run':
      case 'start-run-item':
      case 'release-run-item':
      case 'finish-run-item':
      case 'change-run':
      case 'retry-lost-items':
      case 'recover-runs':
        return this.#runs.do(command)
      case 'add-feedback':
      case 'queue-annotation':
      case 'label-annotation':
      case 'assign-annotation':
      case 'skip-annotation':
        return this.#annotation.do(command)
      default:
        return this.#datasets.do(command)
    }
  }

  /** Removes texts that are past their time and datasets that are gone; each `yield` stands between two transactions. */
  *sweep(now: number): Generator<void, number> {
    const steps = [
      () => this.#sweep(now, STEP_ROWS),
      () => this.#runs.sweep(now, STEP_ROWS),
      () => this.#datasets.sweep(STEP_ROWS),
    ]
    let removed = 0
    for (const step of steps)
      for (let count = step(); count > 0; count = step()) {
        removed += count
        yield
      }
    return removed
  }
}
