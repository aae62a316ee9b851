import type { EvaluationDeps } from '../attempts/evaluation.ts'
import type { ConfigStore } from '../config/watch.ts'
import type { Policy } from '../core/policy.ts'
import type { Observer, PriceAttempt, Provider } from '../core/ports.ts'
import type { AfterwardsDeps } from '../pipeline/afterwards/afterwards.ts'
import { contentCleaner } from '../pipeline/afterwards/clean-content.ts'
import type { ServiceParts } from '../pipeline/guarding/services.ts'
import type { RunOwn } from '../pipeline/own-request.ts'
import type { Db } from '../stores/database.ts'
import type { DeskAsker } from '../stores/desk-asker.ts'
import { listPromotions } from '../stores/experiments/promotions.ts'
import type { Reader } from '../stores/reader.ts'
import { spentSince } from '../stores/requests.ts'
import { dayStart, SpendBook } from '../telemetry/spend-book.ts'
import { FeedbackDesk } from './annotation/feedback-desk.ts'
import { QueueRules } from './annotation/queue-rules.ts'
import { Mirror } from './mirror.ts'
import { openEvaluation } from './open-evaluation.ts'
import { PairMaker } from './pair-maker.ts'
import { Promoter } from './promotion/promoter.ts'
import { type OpenRuns, openRuns } from './runs/open-runs.ts'
import { ExperimentStore } from './store.ts'

export interface ExperimentParts {
  policy(): Policy
  config: ConfigStore
  desk: DeskAsker
  reader: Reader
  /** The store, for what was spent before a restart. */
  db: Db
  services: ServiceParts
  runOwn: RunOwn
  observer: Observer
  providers: ReadonlyMap<string, Provider>
  price: PriceAttempt
  /** Secrets of configs that are tried go in here, so that they are redacted. */
  triedSecrets: Set<string>
  redact(text: string): string
  /** No request of a caller is under way. */
  isIdle(): boolean
  inBackground(work: Promise<void>): void
  onProblem(message: string): void
}

/** What experiments are made with, wired. */
export interface OpenExperiments {
  evaluation: EvaluationDeps
  afterwards: AfterwardsDeps
  store: ExperimentStore
  runOwn: RunOwn
  mirror: Mirror
  spend: SpendBook
  annotation: QueueRules
  feedback: FeedbackDesk
  promoter: Promoter
  runs: OpenRuns
  /** Once the store is ready. */
  start(): void
  close(): void
}

/** A route has one under way at the most. */
const MOST_PROMOTIONS = 10_000

export function openExperiments(parts: ExperimentParts): OpenExperiments {
  const store = new ExperimentStore(parts.desk)
  const spend = new SpendBook()
  for (const { key, nano } of spentSince(parts.db, dayStart(Date.now()))) spend.add(key, nano)
  const clean = contentCleaner(parts.redact)
  const annotation = new QueueRules({ ...parts, store, clean })
  const evaluation = openEvaluation({ ...parts, store, annotation, spend })
  const { servicesFor } = evaluation
  const pairs = new PairMaker({ runOwn: parts.runOwn, servicesFor, store, spend, observer: parts.observer })
  const mirror = new Mirror({ ...parts, store, pairs, spend, annotation })
  const promoter = new Promoter(parts)
  promoter.restore(listPromotions(parts.db, { open: true }, MOST_PROMOTIONS))
  const runs = openRuns({ ...parts, store, clean })
  return {
    evaluation,
    afterwards: { clean, mirror, annotation },
    store,
    runOwn: parts.runOwn,
    mirror,
    spend,
    annotation,
    feedback: new FeedbackDesk({ reader: parts.reader, store, clean, rules: annotation }),
    promoter,
    runs,
    start: () => void runs.runner.start(),
    close() {
      mirror.close()
      runs.runner.close(parts.policy().server.drainMs)
    },
  }
}
