import { DatasetsApi } from './datasets.ts'
import { EvaluationsApi } from './evaluations.ts'
import { ExperimentsApi } from './experiments.ts'
import { FeedbackApi } from './feedback.ts'
import { type ClientOptions, Http } from './http.ts'
import { RunsApi } from './runs.ts'

export type { DatasetsApi, ImportOptions } from './datasets.ts'
export type { EvaluationsApi } from './evaluations.ts'
export type { ExperimentsApi, PairFilter } from './experiments.ts'
export type { Feedback, FeedbackApi, FeedbackSent } from './feedback.ts'
export { type ClientOptions, GatehouseError } from './http.ts'
export type { RunsApi, WaitOptions } from './runs.ts'
export type * from './types/datasets.ts'
export type * from './types/experiments.ts'
export type * from './types/runs.ts'
export type * from './types/verdict.ts'
export type * from './types/views.ts'

/** What the UI does with datasets, runs and comparisons, for programs. Needs nothing but `fetch`. */
export class GatehouseClient {
  readonly datasets: DatasetsApi
  readonly evaluations: EvaluationsApi
  readonly runs: RunsApi
  readonly experiments: ExperimentsApi
  readonly feedback: FeedbackApi

  constructor(options: ClientOptions) {
    const http = new Http(options)
    this.datasets = new DatasetsApi(http)
    this.evaluations = new EvaluationsApi(http)
    this.runs = new RunsApi(http)
    this.experiments = new ExperimentsApi(http)
    this.feedback = new FeedbackApi(http)
  }
}
