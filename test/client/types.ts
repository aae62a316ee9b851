/** What the library tells programs of the admin API, held against the API's own shapes: `tsc` fails where they differ. */
import type * as client from '../../client/index.ts'
import type { Feedback } from '../../server/experiments/annotation/feedback-desk.ts'
import type * as datasets from '../../server/http/admin/dataset-schemas.ts'
import type { EvaluatorKindList } from '../../server/http/admin/evaluator-schemas.ts'
import type * as experiments from '../../server/http/admin/experiment-schemas.ts'
import type * as runs from '../../server/http/admin/run-schemas.ts'

/** Each is assignable to the other. */
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : 'server') : 'client'
/** What is sent is taken. */
type Takes<Server, Sent> = [Sent] extends [Server] ? true : false

export const checks: {
  dataset: Same<client.Dataset, datasets.DatasetRow>
  datasetDetail: Same<client.DatasetDetail, datasets.DatasetDetail>
  datasetItemPage: Same<client.DatasetItemPage, datasets.DatasetItemPage>
  datasetOrder: Same<client.DatasetOrder, datasets.DatasetOrder>
  datasetImport: Takes<datasets.DatasetImportQuery, { name: string } & Omit<client.ImportOptions, 'format'>>
  datasetMade: Same<client.DatasetMade, datasets.DatasetMade>
  datasetPreview: Same<client.DatasetPreview, datasets.DatasetPreview>
  datasetAdded: Same<client.DatasetAdded, datasets.DatasetAdded>
  datasetRows: Takes<datasets.DatasetRows, { rows: client.DatasetRow[]; test?: number }>
  evaluatorKinds: Same<{ data: client.EvaluatorKind[] }, EvaluatorKindList>
  runOrder: Takes<runs.RunOrder, client.RunOrder>
  runOrderMembers: Same<keyof client.RunOrder, keyof runs.RunOrder>
  runEstimate: Same<client.RunEstimate, runs.RunEstimate>
  runCreated: Same<client.RunCreated, runs.RunCreated>
  runPage: Same<client.RunPage, runs.RunPage>
  runSummary: Same<client.RunSummary, runs.RunSummary>
  experiment: Same<client.Experiment, experiments.ExperimentRow>
  experimentDetail: Takes<client.ExperimentDetail, experiments.ExperimentDetail>
  verdict: Same<client.Verdict, experiments.ExperimentDetail['verdict']>
  pairs: Takes<client.PairPage, experiments.PairPage>
  vote: Same<client.Vote | null, experiments.VoteBody['vote']>
  feedbackValue: Takes<Feedback['value'], NonNullable<client.Feedback['value']>>
} = {
  dataset: true,
  datasetDetail: true,
  datasetItemPage: true,
  datasetOrder: true,
  datasetImport: true,
  datasetMade: true,
  datasetPreview: true,
  datasetAdded: true,
  datasetRows: true,
  evaluatorKinds: true,
  runOrder: true,
  runOrderMembers: true,
  runEstimate: true,
  runCreated: true,
  runPage: true,
  runSummary: true,
  experiment: true,
  experimentDetail: true,
  verdict: true,
  pairs: true,
  vote: true,
  feedbackValue: true,
}
