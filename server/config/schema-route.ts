import Type from 'typebox'
import { PRIORITIES } from '../core/policy.ts'
import type { Catalogue } from './catalogue.ts'
import { closed, Duration } from './schema-basics.ts'
import { RouteCache } from './schema-cache.ts'
import { Evaluators } from './schema-evaluators.ts'
import { Content, Mirror, Rollout } from './schema-experiments.ts'
import { Guardrails } from './schema-guardrails.ts'
import { Breaker, Fallback, Hedge, Retry, Timeouts } from './schema-resilience.ts'

const Target = Type.Object(
  {
    provider: Type.String({ description: 'id of a provider of this file' }),
    model: Type.String({ minLength: 1, description: "the model's name at that provider" }),
    weight: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1e6, description: 'share of traffic under `weighted`', default: 1 }),
    ),
  },
  closed,
)

const Condition = Type.Object(
  {
    if: Type.Record(Type.String(), Type.Unknown(), {
      description:
        'all of these must hold: a fact and its test, `$eq $ne $in $nin $regex $gt $lt $gte $lte $exists` or a plain value',
    }),
    use: Type.Array(Type.String({ expects: 'provider/model' }), {
      minItems: 1,
      description: 'targets, as provider/model, that take the place of the route’s own',
    }),
  },
  closed,
)

const Quality = Type.Object(
  {
    bar: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 0.99,
        description: 'least mean score of a target; 0 asks for none',
        default: 0,
      }),
    ),
    min_samples: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 500, description: 'scores before a target is believed', default: 20 }),
    ),
    explore: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'share of requests for a cheaper target of which too little is known',
        default: 0.1,
      }),
    ),
  },
  { ...closed, description: 'what `cost-optimized` asks of a target' },
)

/** One route. */
export const Route = (catalogue: Catalogue) =>
  Type.Object(
    {
      strategy: Type.Optional(
        Type.Enum([...catalogue.strategies], {
          description: 'how targets are ordered',
          default: 'priority',
        }),
      ),
      sticky: Type.Optional(
        Type.Enum(['session', 'user', 'tenant', 'none'], {
          description: 'what stays with its target under `weighted`; without a session the user does',
          default: 'session',
        }),
      ),
      targets: Type.Array(Target, { minItems: 1, description: 'provider + model, first choice first' }),
      when: Type.Optional(
        Type.Array(Condition, { description: 'conditions in order; the first that matches decides the targets' }),
      ),
      retry: Type.Optional(Retry),
      timeouts: Type.Optional(Timeouts),
      breaker: Type.Optional(Breaker),
      hedge: Type.Optional(Hedge),
      fallback: Type.Optional(Fallback),
      on_stream_failure: Type.Optional(
        Type.Enum(['error', 'resume'], {
          description:
            'a stream that breaks ends with the dialect’s error event, or the next target goes on from the text so far',
          default: 'error',
        }),
      ),
      priority: Type.Optional(
        Type.Enum([...PRIORITIES], {
          description: 'who goes first where requests wait for a provider; a caller can only lower it',
          default: 'normal',
        }),
      ),
      cache: Type.Optional(RouteCache),
      guardrails: Type.Optional(
        Guardrails(catalogue, 'what looks at requests and replies, and what it does about them'),
      ),
      on_block: Type.Optional(
        Type.Enum(['error', 'refusal'], {
          description:
            'what a client gets instead of what is blocked: an error with status 400, or a reply that declines',
          default: 'error',
        }),
      ),
      refusal: Type.Optional(Type.String({ minLength: 1, description: 'the text of a reply that declines' })),
      quality: Type.Optional(Quality),
      evaluators: Type.Optional(Evaluators(catalogue)),
      mirror: Type.Optional(Mirror),
      rollout: Type.Optional(Rollout),
      content: Type.Optional(Content),
      idempotency: Type.Optional(
        Duration('how long a reply is kept in memory for the same idempotency-key; 0s keeps none', '1h'),
      ),
      translation: Type.Optional(
        Type.Enum(['lenient', 'strict'], {
          description:
            'what a target’s wire format cannot carry is dropped and named in x-gatehouse-lossy, or refused with 400',
          default: 'lenient',
        }),
      ),
    },
    closed,
  )
