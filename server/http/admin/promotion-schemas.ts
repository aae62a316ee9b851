import Type, { type Static } from 'typebox'
import type { CohortVerdict } from '../../core/metric-verdict.ts'
import { PROMOTION_STATES } from '../../core/promotion.ts'

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Moment = Type.String({ description: 'ISO 8601' })

export const PromotionRow = Type.Object({
  id: Type.Integer(),
  experiment: Nullable(Type.String()),
  route: Type.String(),
  baseline: Type.String(),
  candidate: Type.String({ description: 'provider/model' }),
  state: Type.Enum([...PROMOTION_STATES]),
  share: Type.Number({ description: 'of the route’s traffic, 0..1' }),
  started_at: Moment,
  ended_at: Nullable(Moment),
  actor: Type.String(),
  reason: Nullable(Type.String({ description: 'of the override, where the verdict did not allow it' })),
  automatic: Type.Boolean({ description: 'the next step is taken as soon as the live verdict allows it' }),
  steps: Type.Array(
    Type.Object({
      at: Moment,
      share: Type.Number(),
      actor: Type.String(),
      why: Type.String(),
      revision: Type.String(),
    }),
  ),
  live: Nullable(
    Type.Object(
      {
        replies: Type.Object({ baseline: Type.Integer(), candidate: Type.Integer() }),
        verdict: Type.Unsafe<CohortVerdict>({ type: 'object', additionalProperties: true }),
      },
      { description: 'what live traffic says since this step began' },
    ),
  ),
})
export type PromotionRow = Static<typeof PromotionRow>

export const PromotionList = Type.Object({ data: Type.Array(PromotionRow) })

export const PromotionBody = Type.Object(
  {
    experiment: Type.String({ description: 'id of the experiment whose candidate is promoted' }),
    automatic: Type.Optional(
      Type.Boolean({ description: 'take the next step as soon as live traffic allows it', default: false }),
    ),
    override: Type.Optional(
      Type.Object(
        {
          candidate: Type.String({ description: 'the candidate, typed out' }),
          reason: Type.String({ minLength: 10, maxLength: 1000, description: 'why, for the audit trail' }),
        },
        { additionalProperties: false, description: 'needed where the verdict is not non-inferior' },
      ),
    ),
  },
  { additionalProperties: false },
)
export type PromotionBody = Static<typeof PromotionBody>

export const PromotionPlan = Type.Object({
  allowed: Type.Boolean({ description: 'the verdict is non-inferior' }),
  answer: Type.Enum(['non-inferior', 'worse', 'not-enough-data']),
  why: Type.String(),
  route: Type.String(),
  candidate: Type.String(),
  before: Type.String({ description: 'the config file now' }),
  first: Type.String({ description: 'the config file after the first step' }),
  complete: Type.String({ description: 'the config file once the promotion is complete' }),
})
export type PromotionPlan = Static<typeof PromotionPlan>

export const StepBody = Type.Object(
  {
    share: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 1,
        description: 'of the traffic; the next step where none is given',
      }),
    ),
  },
  { additionalProperties: false },
)
export type StepBody = Static<typeof StepBody>
