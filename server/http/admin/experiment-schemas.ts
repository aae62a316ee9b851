import Type, { type Static } from 'typebox'
import type { ReplyView, RequestView } from '../../core/evaluation.ts'
import { type ArmResult, type ExperimentSettings, SKIP_REASONS, VOTES } from '../../core/experiment.ts'
import type { ComparisonVerdict } from '../../core/metric-verdict.ts'

/** What stands in `core/` as a type, and is JSON as it is. */
const asIs = <T>(description: string) => Type.Unsafe<T>({ type: 'object', additionalProperties: true, description })
const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Moment = (description: string) => Type.String({ description: `${description}; ISO 8601` })

export const EXPERIMENT_KINDS = ['mirror', 'replay', 'bench'] as const
export const CHANGES = ['identical', 'format-only', 'substantive', 'failure'] as const

export const ExperimentRow = Type.Object({
  id: Type.String(),
  kind: Type.Enum([...EXPERIMENT_KINDS]),
  name: Type.String(),
  route: Nullable(Type.String()),
  baseline: Type.String({ description: 'for people' }),
  candidate: Type.String({ description: 'provider/model, or what was proposed' }),
  started_at: Moment('when the first request was drawn'),
  ended_at: Nullable(Moment('when it ended')),
  drawn: Type.Integer({ description: 'requests that were drawn' }),
  pairs: Type.Integer({ description: 'of those, the ones with both sides' }),
})
export type ExperimentRow = Static<typeof ExperimentRow>

export const ExperimentList = Type.Object({ data: Type.Array(ExperimentRow) })

export const CoverageRow = Type.Object(
  {
    paired: Type.Integer({ description: 'both sides answered' }),
    candidate_error: Type.Integer({ description: 'the candidate failed; counts against it' }),
    candidate_timeout: Type.Integer({ description: 'the candidate took too long; counts against it' }),
    skipped: Type.Record(Type.String(), Type.Integer(), {
      description: `not compared, by why: ${SKIP_REASONS.join(', ')}`,
    }),
    with_self: Type.Integer({ description: 'pairs for which the baseline answered once more' }),
  },
  { description: 'what became of the requests that were drawn' },
)
export type CoverageRow = Static<typeof CoverageRow>

export const ExperimentDetail = Type.Object({
  ...ExperimentRow.properties,
  settings: asIs<ExperimentSettings>('fixed before the first pair'),
  coverage: CoverageRow,
  verdict: asIs<ComparisonVerdict>('the answer, by metric and by cohort'),
  cohorts: Type.Record(Type.String(), Type.Array(Type.String()), { description: 'values by key, as pairs have them' }),
})
export type ExperimentDetail = Static<typeof ExperimentDetail>

export const PairRow = Type.Object({
  id: Type.String(),
  at: Moment('when it was complete'),
  request_id: Nullable(Type.String()),
  baseline: Nullable(asIs<ArmResult>('how the baseline did')),
  candidate: Nullable(asIs<ArmResult>('how the candidate did')),
  self: Nullable(asIs<ArmResult>('the baseline once more')),
  skipped: Nullable(Type.Enum([...SKIP_REASONS])),
  change: Nullable(
    Type.Object({ kind: Type.Enum([...CHANGES]), amount: Type.Number({ description: '0 the same … 1 wholly other' }) }),
  ),
  cohort: Type.Record(Type.String(), Type.String()),
  votes: Type.Object({ baseline: Type.Integer(), candidate: Type.Integer(), tie: Type.Integer() }),
  own_vote: Nullable(Type.Enum([...VOTES])),
  texts: Nullable(
    Type.Object(
      {
        request: Nullable(asIs<RequestView>('what was asked')),
        baseline: Nullable(asIs<ReplyView>('what the baseline said')),
        candidate: Nullable(asIs<ReplyView>('what the candidate said')),
        self: Nullable(asIs<ReplyView>('what the baseline said once more')),
      },
      { description: 'without personal data and secrets; `null` where they are not kept any more' },
    ),
  ),
})
export type PairRow = Static<typeof PairRow>

export const PairPage = Type.Object({ data: Type.Array(PairRow), next_cursor: Nullable(Type.String()) })
export type PairPage = Static<typeof PairPage>

export const VoteBody = Type.Object(
  { vote: Nullable(Type.Enum([...VOTES], { description: 'which reply is better' })) },
  { additionalProperties: false },
)
export type VoteBody = Static<typeof VoteBody>
