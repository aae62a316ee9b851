/** Shapes of the admin API around the dry run of a request. */
import Type, { type Static } from 'typebox'
import { Standing } from './route-schemas.ts'
import { Milliseconds, Nullable, Text } from './shape.ts'

const Name = (description: string) => Type.Union([Type.Null(), Type.String({ maxLength: 512 })], { description })
const Anything = Type.Record(Type.String(), Type.Unknown())

/** A request that is to be explained, and who asks. */
export const ExplainRequest = Type.Object(
  {
    request: Type.Record(Type.String(), Type.Unknown(), { description: 'the body as an app would send it' }),
    surface: Type.Optional(Type.String({ description: 'the endpoint; /v1/chat/completions where not said' })),
    headers: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'e.g. x-gatehouse-metadata; credentials are not read' }),
    ),
    caller: Type.Optional(
      Type.Object(
        {
          tenant: Type.Optional(Type.String({ minLength: 1, maxLength: 512, description: '`local` where not said' })),
          team: Type.Optional(Name('as of its key')),
          key: Type.Optional(Name('the id of its key')),
          user: Type.Optional(Name('in place of the one in the request')),
          session: Type.Optional(Name('in place of the one in the headers')),
          metadata: Type.Optional(Anything),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type ExplainRequest = Static<typeof ExplainRequest>

/** An `ExplainRequest` is told from a request by its `request`, which no wire format has. */
export const ExplainBody = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  description: 'a request as an app would send it; or with its endpoint, headers and caller, the body in `request`',
  if: { required: ['request'], properties: { request: { type: 'object' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: ExplainRequest,
})

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
  action: Type.Union(
    [Type.Literal('call'), Type.Literal('standby'), Type.Literal('skip'), Type.Literal('fail'), Type.Literal('unused')],
    {
      description:
        'call: first; standby: if those before it fail; skip: it is left alone now; fail: its call cannot be made; unused: nothing comes to it',
    },
  ),
  standing: Standing,
  until: Nullable(Type.String({ format: 'date-time' })),
  standing_why: Text,
  p50_ms: Milliseconds,
  p95_ms: Nullable(Type.Number({ minimum: 0, description: 'of streams to the first content, else of whole replies' })),
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
    wait_ms: Type.Number({ minimum: 0, description: 'expected for this request' }),
    max_waiting: Type.Integer({ minimum: 0 }),
    max_wait_ms: Type.Number({ minimum: 0 }),
  }),
  dialect: Text,
  passes: Type.Boolean({ description: 'the bytes go through as they are' }),
  estimated: Type.Boolean({ description: 'the gateway answers with an estimate of its own' }),
  lossy: Type.Array(Type.String(), { description: 'what the translation cannot carry' }),
  problem: Nullable(Type.String({ description: 'why its call cannot be made' })),
})
export type ExplainedTarget = Static<typeof ExplainedTarget>

/** What would happen to a request, without calling anyone. */
export const Explanation = Type.Object({
  route: Type.String(),
  revision: Type.String(),
  live: Type.Boolean({ description: 'by the state of the running gateway; else by the config alone' }),
  surface: Type.String(),
  dialect: Type.String(),
  stream: Type.Boolean(),
  strategy: Type.String(),
  reason: Type.String(),
  facts: Anything,
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
  settings: Anything,
  guardrails: Type.Array(Type.Unknown()),
  cache: Type.Object({
    mode: Type.Enum(['off', 'stale', 'exact', 'semantic'], {
      description: 'stale: a reply is kept for when every target fails, and only for that',
    }),
    passed_by: Nullable(Type.String({ description: 'why the cache would have nothing to do with this request' })),
    tenant: Nullable(Type.String()),
    partition: Nullable(Type.String({ description: 'of the tenant; null: all of it shares' })),
    namespace: Nullable(Type.String()),
    key: Nullable(Type.String({ description: 'hash of the scope and of all that decides the answer' })),
    by_likeness: Type.Boolean({ description: 'the last question is compared with others of the same context' }),
  }),
  idempotency: Nullable(
    Type.Object({ lifetime_ms: Type.Number({ minimum: 0 }), scope: Type.String() }, { description: 'null: off' }),
  ),
  budget: Type.Object({ retry_tokens: Nullable(Type.Number()), spend: Type.Null() }),
})
export type Explanation = Static<typeof Explanation>
