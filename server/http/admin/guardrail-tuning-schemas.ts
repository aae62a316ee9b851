/** Shapes of the admin API around trying guardrails, saying whether they are right, and tuning their thresholds. */
import Type, { type Static } from 'typebox'
import { Count, Excerpt, TextOrigin, VerdictRow } from './guardrail-schemas.ts'
import { GuardAction, GuardLabelWord, GuardMode, GuardStage, Score, VerdictWord } from './guardrail-words.ts'
import { Nullable, Text } from './shape.ts'

/** Characters of a text that is tried. */
const LONGEST_TEXT = 256 * 1024
const Name = Type.String({ minLength: 1, maxLength: 512 })

const Tried = {
  text: Type.String({ minLength: 1, maxLength: LONGEST_TEXT }),
  origin: Type.Optional(TextOrigin),
  stage: Type.Optional(GuardStage),
  route: Type.Optional(Type.String({ ...Name, description: 'whose rules are tried' })),
}

/** A text, and which guardrails are to look at it: a kind by itself, a route's rules, or one of them. */
export const GuardTest = Type.Object(
  {
    ...Tried,
    rule: Type.Optional(Type.String({ ...Name, description: 'name of a rule of the route' })),
    kind: Type.Optional(Type.String({ ...Name, description: 'instead of a route' })),
    options: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'of the kind' })),
  },
  { additionalProperties: false },
)
export type GuardTest = Static<typeof GuardTest>

const Matches = Type.Array(
  Type.Object({ start: Count(), end: Count(), category: Type.String(), score: Score('how sure') }),
  { description: 'in the text as it was given, in UTF-16 units' },
)

/** What one rule says of a text. */
export const GuardTestRow = Type.Object({
  guardrail: Type.String(),
  kind: Type.String(),
  stage: GuardStage,
  action: GuardAction,
  mode: GuardMode,
  looked: Type.Boolean({ description: 'false: texts of this origin mean nothing to it' }),
  verdict: { ...VerdictWord, description: 'what would be done, whatever the mode is' },
  score: Score('what it found'),
  threshold: Score('that counts'),
  category: Text,
  matches: Matches,
  reason: Text,
  duration_ms: Type.Number({ minimum: 0 }),
  redacted: Nullable(Type.String({ description: 'the text as it would go on; null: as it is' })),
})
export type GuardTestRow = Static<typeof GuardTestRow>
export const GuardTestResult = Type.Object({ data: Type.Array(GuardTestRow) })
export type GuardTestResult = Static<typeof GuardTestResult>

/** What a person says of a verdict, or of a text, which is looked at for its score and not kept. */
export const GuardLabelled = Type.Union([
  Type.Object(
    {
      verdict: Type.Integer({ minimum: 1, description: 'its id' }),
      label: { ...GuardLabelWord, description: 'right and missed: there was something to be found' },
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      ...Tried,
      rule: Type.Optional(Name),
      kind: Type.Optional(Name),
      label: Type.Enum(['missed', 'benign']),
    },
    { additionalProperties: false },
  ),
])
export type GuardLabelled = Static<typeof GuardLabelled>
export const GuardLabelIds = Type.Object({ ids: Type.Array(Type.Integer()) })
export type GuardLabelIds = Static<typeof GuardLabelIds>

/** What a person said. */
export const GuardLabelRow = Type.Object({
  id: Type.Integer(),
  at: Type.String({ format: 'date-time' }),
  actor: Type.String(),
  label: GuardLabelWord,
  verdict: Nullable(Type.Integer({ description: 'null: a text that was tried' })),
  request_id: Text,
  route: Nullable(Type.String({ description: 'null: tried with the kind by itself' })),
  guardrail: Text,
  kind: Type.String(),
  stage: GuardStage,
  origin: Nullable(TextOrigin),
  score: Score('then'),
  threshold: Score('then'),
  category: Text,
  ...Excerpt,
})
export type GuardLabelRow = Static<typeof GuardLabelRow>
export const GuardLabelPage = Type.Object({ data: Type.Array(GuardLabelRow), next_cursor: Nullable(Type.Integer()) })
export type GuardLabelPage = Static<typeof GuardLabelPage>

/** How the labelled set falls apart at a threshold. */
export const RocPoint = Type.Object({
  threshold: Type.Number({ description: 'above 1: nothing counts' }),
  true_positives: Count(),
  false_positives: Count(),
  true_negatives: Count(),
  false_negatives: Count(),
})
export type RocPoint = Static<typeof RocPoint>

/** What a threshold of one rule would mean. */
export const GuardTuning = Type.Object({
  route: Type.String(),
  guardrail: Type.String(),
  kind: Type.String(),
  stage: GuardStage,
  action: GuardAction,
  mode: GuardMode,
  threshold: Score('that counts now'),
  is_own: Type.Boolean({ description: 'the config gives it; else it is the kind’s' }),
  from: Type.String({ format: 'date-time', description: 'of what was recorded; later where older verdicts are gone' }),
  to: Type.String({ format: 'date-time' }),
  labels: Type.Object({ harmful: Count('right or missed'), harmless: Count('false-positive or benign') }),
  auc: Nullable(Score('area under the curve; null without labels of both kinds')),
  roc: Type.Array(RocPoint, { description: 'from the highest threshold down' }),
  now: RocPoint,
  proposed: RocPoint,
  inspections: Count('recorded'),
  scores: Type.Array(
    Type.Object({
      from: Score('where the column begins'),
      to: Score('where it ends'),
      acted: Count('all but passes'),
      passed: Count(),
      harmful: Count('of both, those in which there was something to be found'),
      harmless: Count('of both, those in which there was not'),
    }),
  ),
  would: Type.Object({
    requests: Count('that were looked at'),
    requests_now: Count('at or above the threshold that counted'),
    requests_proposed: Count('at or above the proposed one'),
    gained: Count('verdicts that would be more than a pass'),
    lost: Count('verdicts that would be passes'),
    changed: Type.Array(VerdictRow, { description: 'the newest of both' }),
    found: Type.Array(VerdictRow, { description: 'the newest at or above the proposed one' }),
  }),
})
export type GuardTuning = Static<typeof GuardTuning>
