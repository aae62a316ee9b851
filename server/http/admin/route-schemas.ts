/** Shapes of the admin API around routes: their targets as they stand now, and taking a target out by hand. */
import Type, { type Static } from 'typebox'
import { Milliseconds, Nullable, Text } from './shape.ts'

/** May a target be called now? */
export const Standing = Type.Union(
  [
    Type.Literal('ready'),
    Type.Literal('half-open'),
    Type.Literal('open'),
    Type.Literal('cooling'),
    Type.Literal('drained'),
    Type.Literal('down'),
    Type.Literal('unconfigured'),
  ],
  {
    description:
      'half-open: one call tries it; open: its circuit breaker; cooling: it asked to be left alone; drained: by hand; down: it did not answer when asked; unconfigured: its provider cannot be called',
  },
)
export type Standing = Static<typeof Standing>

/** One target of a route. Figures are those of the last five minutes. */
export const TargetRow = Type.Object({
  provider: Type.String(),
  model: Type.String(),
  weight: Type.Number({ minimum: 0 }),
  condition: Nullable(
    Type.Integer({ minimum: 0, description: 'index of the condition that names it; null for one of the route’s own' }),
  ),
  escalation: Type.Boolean({ description: 'it comes after the others, for replies that fail their evaluators' }),
  standing: Standing,
  until: Nullable(Type.String({ format: 'date-time', description: 'when that ends by itself' })),
  why: Text,
  drained: Nullable(
    Type.Union([Type.Literal('model'), Type.Literal('provider')], {
      description: 'what was taken out by hand: this model, or all of its provider',
    }),
  ),
  share: Nullable(Type.Number({ minimum: 0, maximum: 1, description: 'of the route’s attempts' })),
  attempts: Type.Integer({ minimum: 0, description: 'for this route' }),
  errors: Type.Integer({ minimum: 0, description: 'for this route' }),
  p50_ms: Milliseconds,
  p95_ms: Nullable(Type.Number({ minimum: 0, description: 'whole unary replies, for every route' })),
  ttft_p95_ms: Nullable(Type.Number({ minimum: 0, description: 'first content of streams, for every route' })),
  in_flight: Type.Integer({ minimum: 0 }),
  queue: Type.Object(
    {
      running: Type.Integer({ minimum: 0 }),
      waiting: Type.Integer({ minimum: 0 }),
      limit: Nullable(Type.Integer({ minimum: 0, description: 'null: as many as come' })),
    },
    { description: 'of the whole provider' },
  ),
  expected_cost_usd: Nullable(Type.Number({ minimum: 0, description: 'of a request of 1,000 prompt tokens' })),
  score: Nullable(
    Type.Object(
      {
        mean: Nullable(Type.Number()),
        lower: Type.Number(),
        upper: Type.Number(),
        samples: Type.Integer({ minimum: 0 }),
      },
      { description: 'of its replies with the route’s evaluators; null before the first' },
    ),
  ),
})
export type TargetRow = Static<typeof TargetRow>

/** One route with its targets: its own in the order of the file, then those of conditions, then the escalation. */
export const RouteRow = Type.Object({
  name: Type.String(),
  strategy: Type.String(),
  when: Type.Array(Type.Object({ text: Type.String(), targets: Type.Array(Type.String()) })),
  settings: Type.Object({
    retry_max: Type.Integer({ minimum: 0 }),
    retry_budget: Type.Number({ minimum: 0, description: 'most retries and hedges per request, over time' }),
    retries_left: Type.Number({ minimum: 0, description: 'retries and hedges that the budget allows at this moment' }),
    hedge: Nullable(Type.String({ description: 'when a second attempt begins: p95, or a time' })),
    fallback: Type.Boolean(),
    resume: Type.Boolean({ description: 'a stream that breaks is continued by the next target' }),
    priority: Type.String(),
    breaker: Nullable(
      Type.Object({ failures: Type.Integer(), error_share: Type.Number(), cooldown_ms: Type.Number() }),
    ),
    evaluators: Type.Array(Type.String()),
    last_resort: Type.Array(Type.Union([Type.Literal('stale'), Type.Literal('static')])),
  }),
  requests: Type.Integer({ minimum: 0, description: 'finished in the last five minutes' }),
  failed: Type.Integer({ minimum: 0, description: 'of those, the ones with status 500 and above or a broken stream' }),
  attempts: Type.Integer({ minimum: 0 }),
  rollout: Nullable(
    Type.Object(
      {
        target: Type.String({ description: 'provider/model' }),
        share: Type.Number({ minimum: 0, maximum: 1, description: 'of the requests' }),
      },
      { description: 'the share of the traffic that is on its way to another target' },
    ),
  ),
  targets: Type.Array(TargetRow),
})
export type RouteRow = Static<typeof RouteRow>
export const RouteList = Type.Object({ data: Type.Array(RouteRow) })
export type RouteList = Static<typeof RouteList>

/** A provider, or one model of it, that is taken out or put back by hand. */
export const Drain = Type.Object(
  {
    provider: Type.String({ minLength: 1, maxLength: 200 }),
    // Null first: Ajv, which makes values fit, would make an empty text of it.
    model: Type.Optional(
      Type.Union([Type.Null(), Type.String({ minLength: 1, maxLength: 500 })], {
        description: 'null, or left out: all of the provider',
      }),
    ),
    drained: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type Drain = Static<typeof Drain>

/** What is drained now. */
export const DrainList = Type.Object({
  data: Type.Array(Type.Object({ provider: Type.String(), model: Text })),
})
export type DrainList = Static<typeof DrainList>
