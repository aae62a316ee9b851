/** Shapes of the admin API around what people say of replies. */
import Type, { type Static } from 'typebox'
import { ANNOTATION_REASONS, ANNOTATION_STATES } from '../../core/annotation.ts'
import type { ReplyView, RequestView } from '../../core/evaluation.ts'
import { VerdictRow } from './guardrail-schemas.ts'
import { Nullable, Text } from './shape.ts'

const Moment = Type.String({ format: 'date-time' })
const Share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description })
/** What stands in `core/` as a type, and is JSON as it is. */
const asIs = <T>(description: string) => Type.Unsafe<T>({ type: 'object', additionalProperties: true, description })

export const AnnotationReason = Type.Enum([...ANNOTATION_REASONS], { description: 'why it is in the queue' })
export const AnnotationState = Type.Enum([...ANNOTATION_STATES], {
  description: 'done: it has the label of its assignee or, where nobody is assigned, of anyone',
})
/** The admin API knows no persons, so that people say who they are. */
export const PersonName = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^\\S(.*\\S)?$',
  description: 'name of whoever labels; it is believed',
})

export const AnnotationRow = Type.Object({
  id: Type.Integer(),
  at: Moment,
  request_id: Type.String(),
  route: Type.String(),
  tenant: Text,
  reason: AnnotationReason,
  detail: Nullable(Type.String({ description: 'for people, e.g. which evaluator gave which score' })),
  state: AnnotationState,
  assignee: Text,
  labels: Type.Integer({ minimum: 0, description: 'people who have labelled it' }),
})
export type AnnotationRow = Static<typeof AnnotationRow>

export const AnnotationPage = Type.Object({
  data: Type.Array(AnnotationRow),
  next_cursor: Nullable(Type.Integer()),
  counts: Type.Object(
    { open: Type.Integer(), done: Type.Integer(), skipped: Type.Integer() },
    { description: 'of the whole queue' },
  ),
  refused: Type.Integer({
    minimum: 0,
    description: 'what rules would have queued since the start, but for `annotation.max_open`',
  }),
})
export type AnnotationPage = Static<typeof AnnotationPage>

const GivenLabels = Type.Record(Type.String(), Type.String(), { description: 'a label for each criterion' })

/** Everything about one item. */
export const AnnotationItem = Type.Object({
  ...Type.Omit(AnnotationRow, ['labels']).properties,
  request: Nullable(
    Type.Object(
      { ts: Moment, provider: Text, model: Text, status: Type.Integer(), error: Text, user: Text, session: Text },
      { description: 'null: its record is not in the store' },
    ),
  ),
  criteria: Type.Array(
    Type.Object({
      name: Type.String(),
      labels: Type.Array(Type.String(), { description: 'from the best to the worst' }),
      description: Text,
      required: Type.Boolean({ description: 'of the rubric; the others tune guardrails and the cache' }),
    }),
  ),
  texts: Nullable(
    Type.Object(
      { request: Nullable(asIs<RequestView>('what was asked')), reply: Nullable(asIs<ReplyView>('what was said')) },
      { description: 'without personal data and secrets; null: they are not kept, or not any more' },
    ),
  ),
  scores: Type.Array(
    Type.Object({
      evaluator: Type.String(),
      score: Share('1 is best'),
      passed: Type.Boolean(),
      gates: Type.Boolean({ description: 'the reply had to pass it' }),
      reason: Type.String(),
      spans: Type.Array(Type.Array(Type.Integer({ minimum: 0 }), { minItems: 2, maxItems: 2 }), {
        description: 'places in the text of the reply, [start, end), as far as they are known',
      }),
    }),
    { description: 'of the reply that went out' },
  ),
  verdicts: Type.Array(VerdictRow, { description: 'of guardrails, passes too' }),
  disputed: Nullable(Type.Integer({ description: 'id of the verdict that somebody disputes' })),
  look_up: Nullable(
    Type.Object(
      { id: Type.Integer(), question: Type.String(), cached_question: Type.String(), similarity: Type.Number() },
      { description: 'by which the cache answered the question with the reply to another one' },
    ),
  ),
  feedback: Type.Array(
    Type.Object({
      id: Type.String(),
      at: Moment,
      value: Type.Number({ minimum: -1, maximum: 1 }),
      comment: Text,
      user: Text,
    }),
    { description: 'what apps told of the reply' },
  ),
  labels: Type.Array(Type.Object({ by: Type.String(), at: Moment, labels: GivenLabels, comment: Text }), {
    description: 'of others only once `as` has labelled it, too',
  }),
  hidden_labels: Type.Integer({ minimum: 0, description: 'labels of others that are not shown yet' }),
})
export type AnnotationItem = Static<typeof AnnotationItem>

const closed = { additionalProperties: false }

export const AnnotationParams = Type.Object({ id: Type.Integer({ minimum: 1 }) })
export type AnnotationParams = Static<typeof AnnotationParams>

export const AnnotationLabelBody = Type.Object(
  { as: PersonName, label: GivenLabels, comment: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))) },
  closed,
)
export type AnnotationLabelBody = Static<typeof AnnotationLabelBody>

export const AnnotationAssignBody = Type.Object({ as: PersonName, assignee: Nullable(PersonName) }, closed)
export type AnnotationAssignBody = Static<typeof AnnotationAssignBody>

export const AnnotationSkipBody = Type.Object({ as: PersonName }, closed)
export type AnnotationSkipBody = Static<typeof AnnotationSkipBody>

export const AnnotationQueueBody = Type.Object({ as: PersonName, request_id: Type.String({ maxLength: 64 }) }, closed)
export type AnnotationQueueBody = Static<typeof AnnotationQueueBody>

export const AnnotationQueued = Type.Object({ id: Type.Integer() })
export type AnnotationQueued = Static<typeof AnnotationQueued>
export const AnnotationChanged = Type.Object({ id: Type.Integer(), state: AnnotationState })
export type AnnotationChanged = Static<typeof AnnotationChanged>

const Agreed = {
  items: Type.Integer({ minimum: 0, description: 'that both have judged' }),
  same: Share('of them, where both say the same'),
  kappa: Nullable(Type.Number({ description: "Cohen's; null: not defined, e.g. as everything has the same label" })),
  interval: Nullable(Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: '95 % confidence of kappa' })),
}
const Times = { count: Type.Integer({ minimum: 1 }) }

export const AnnotationAgreement = Type.Object({
  criteria: Type.Array(
    Type.Object({
      criterion: Type.String(),
      labels: Type.Array(Type.String()),
      good: Type.Array(Type.String(), { description: 'labels with which a reply is good enough' }),
      labelled: Type.Integer({ description: 'items with a label' }),
      shared: Type.Integer({ description: 'items with labels of two people or more' }),
      same: Nullable(Share('of all pairs of labels of the same item, those that are the same')),
      kappa: Nullable(Type.Number({ description: 'mean over pairs of people, weighted by the items they share' })),
      people: Type.Array(
        Type.Object({
          one: Type.String(),
          other: Type.String(),
          ...Agreed,
          confusion: Type.Array(Type.Object({ one: Type.String(), other: Type.String(), ...Times })),
        }),
        { description: 'each pair of people' },
      ),
      judges: Type.Array(
        Type.Object({
          evaluator: Type.String(),
          ...Agreed,
          confusion: Type.Array(Type.Object({ passed: Type.Boolean(), good: Type.Boolean(), ...Times })),
          best: Nullable(
            Type.Object(
              {
                threshold: Type.Number(),
                sensitivity: Share('of the good replies, those that would pass'),
                specificity: Share('of the others, those that would fail'),
              },
              { description: 'the threshold that would agree best with people' },
            ),
          ),
        }),
        { description: 'each evaluator against what most people say' },
      ),
    }),
  ),
})
export type AnnotationAgreement = Static<typeof AnnotationAgreement>
