import type { ConfigStore } from '../../config/watch.ts'
import type { Policy } from '../../core/policy.ts'
import type { PriceAttempt, Provider } from '../../core/ports.ts'
import type { CleanContent } from '../../pipeline/afterwards/clean-content.ts'
import type { ServiceParts } from '../../pipeline/guarding/services.ts'
import type { RunOwn } from '../../pipeline/own-request.ts'
import type { DeskAsker } from '../../stores/desk-asker.ts'
import type { Reader } from '../../stores/reader.ts'
import { evaluationServices } from '../open-evaluation.ts'
import type { ExperimentStore } from '../store.ts'
import { ItemMaker } from './item-maker.ts'
import { RunMaker } from './run-maker.ts'
import { Runner } from './runner.ts'

export interface RunParts {
  policy(): Policy
  config: ConfigStore
  desk: DeskAsker
  reader: Reader
  store: ExperimentStore
  services: ServiceParts
  runOwn: RunOwn
  clean: CleanContent
  providers: ReadonlyMap<string, Provider>
  price: PriceAttempt
  /** Secrets of configs that are tried go in here, so that they are redacted. */
  triedSecrets: Set<string>
  isIdle(): boolean
  inBackground(work: Promise<void>): void
  onProblem(message: string): void
}

/** What datasets and stored traffic are run with, wired. */
export interface OpenRuns {
  maker: RunMaker
  runner: Runner
}

export function openRuns(parts: RunParts): OpenRuns {
  const items = new ItemMaker({
    ...parts,
    servicesFor: (exchange, account) => evaluationServices(parts, exchange, account),
  })
  return { maker: new RunMaker(parts), runner: new Runner({ ...parts, items }) }
}
