/** Parts of the admin API's shapes that have no name of their own. */
import type { ExperimentDetail, PairRow } from '../../server/http/admin/schemas.ts'

export type Verdict = ExperimentDetail['verdict']
/** Over all traffic, or over one cohort. */
export type CohortVerdict = Verdict['all']
export type MetricVerdict = CohortVerdict['metrics'][number]
export type ChangeVerdict = NonNullable<CohortVerdict['change']>
export type Answer = CohortVerdict['answer']
export type Interval = NonNullable<MetricVerdict['interval']>

/** How one side of a pair went. */
export type Arm = NonNullable<PairRow['baseline']>
export type ChangeKind = NonNullable<PairRow['change']>['kind']
export type Vote = NonNullable<PairRow['own_vote']>
export type Texts = NonNullable<PairRow['texts']>
export type RequestText = NonNullable<Texts['request']>
export type Reply = NonNullable<Texts['baseline']>
export type ToolCall = Reply['toolCalls'][number]
