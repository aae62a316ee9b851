/** Shapes of the admin API around the dry run of a request. */
import Type, { type Static } from 'typebox'
import { Standing } from './route-schemas.ts'
import { Milliseconds, Nullable, Text } from './shape.ts'

/** A request that is to be explained. */
export const ExplainRequest = Type.Object(
  {
    request: Type.Record(Type.String(), Type.Unknown(), { description: 'the body as an app would send it' }),
    surface: Type.Optional(Type.String({ description: 'the endpoint, e.g. /v1/chat/completions' })),
  },
  { additionalProperties: false },
)
export type ExplainRequest = Static<typeof ExplainRequest>

/** One test of a predicate; `tests` where it is made of others. */
export const Finding = Type.Object({
  fact: Type.String(),
  operator: Type.String(),
  operand: Type.Unknown(),
  value: Type.Optional(Type.Unknown()),
  passed: Type.Boolean(),
  tests: Type.Optional(Type.Array(Type.Unknown(), { description: 'findings of the same shape' })),
})

/** One target at the place where it would be tried. */
export const ExplainedTarget = Type.Object({
  provider: Type.String(),
  model: Type.String(),
  position: Type.Integer({ minimum: 0 }),
  why: Type.String({ description: 'what put it there' }),
  standing: Standing,
  until: Nullable(Type.String({ format: 'date-time' })),
  standing_why: Text,
  p95_ms: Milliseconds,
  samples: Type.Integer({ minimum: 0 }),
  expected_cost_usd: Nullable(Type.Number({ minimum: 0 })),
  score: Nullable(
    Type.Object({
      mean: Nullable(Type.Number()),
      lower: Type.Number(),
      upper: Type.Number(),
      samples: Type.Integer({ minimum: 0 }),
    }),
  ),
  queue: Type.Object({
    running: Type.Integer({ minimum: 0 }),
    waiting: Type.Integer({ minimum: 0 }),
    limit: Nullable(Type.Integer({ minimum: 0 })),
  }),
  dialect: Text,
  passes: Type.Boolean({ description: 'the bytes go through as they are' }),
  lossy: Type.Array(Type.String(), { description: 'what the translation cannot carry' }),
  problem: Text,
})

/** What would happen to a request, without calling anyone. */
export const Explanation = Type.Object({
  route: Type.String(),
  revision: Type.String(),
  surface: Type.String(),
  dialect: Type.String(),
  stream: Type.Boolean(),
  strategy: Type.String(),
  reason: Type.String(),
  facts: Type.Record(Type.String(), Type.Unknown()),
  conditions: Type.Array(
    Type.Object({
      index: Type.Integer({ minimum: 0 }),
      text: Type.String(),
      matched: Type.Boolean(),
      findings: Type.Array(Finding),
      targets: Type.Array(Type.String()),
    }),
  ),
  targets: Type.Array(ExplainedTarget),
  would_call: Nullable(Type.String({ description: 'provider/model' })),
  settings: Type.Record(Type.String(), Type.Unknown()),
  guardrails: Type.Array(Type.Unknown()),
  cache: Type.Object({ mode: Type.String(), scope: Nullable(Type.String()) }),
  budget: Type.Object({ retry_tokens: Nullable(Type.Number()), spend: Type.Null() }),
})
export type Explanation = Static<typeof Explanation>
