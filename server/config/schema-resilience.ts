import Type from 'typebox'
import { closed, Duration } from './schema-basics.ts'

export const Retry = Type.Object(
  {
    max: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10, description: 'further tries of the same target', default: 0 }),
    ),
    on: Type.Optional(
      Type.Array(
        Type.Union([Type.Integer({ minimum: 400, maximum: 599 }), Type.Enum(['timeout', 'network'])], {
          expects: 'an HTTP status from 400 to 599, `timeout` or `network`',
        }),
        {
          description: 'what is worth another try',
          default: [408, 429, 500, 502, 503, 504, 529, 'timeout', 'network'],
        },
      ),
    ),
    budget: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'most retries and hedges per request of the route, over time; a few more are always allowed',
        default: 0.2,
      }),
    ),
  },
  { ...closed, description: 'tries of one target before the next one' },
)

export const Timeouts = Type.Object(
  {
    connect: Type.Optional(Duration('until the connection to the provider stands', '5s')),
    first_token: Type.Optional(
      Duration(
        'until the first content of a stream; when set it also limits the wait for a unary reply, which arrives whole',
        '60s',
      ),
    ),
    idle: Type.Optional(Duration('longest silence between two pieces of a reply', '60s')),
    total: Type.Optional(Duration('the whole request, all attempts together', '10m')),
  },
  { ...closed, description: 'how long each step may take before the attempt is given up' },
)

export const Breaker = Type.Object(
  {
    failures: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 10_000, description: 'failures that open it; 0 turns it off', default: 5 }),
    ),
    error_share: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        description: 'it opens only once failures are at least this share of the attempts',
        default: 0.1,
      }),
    ),
    window: Type.Optional(Duration('how far back failures count', '30s')),
    cooldown: Type.Optional(
      Duration('how long the target is left alone before it is tried again; doubles, up to eightfold', '30s'),
    ),
  },
  { ...closed, description: 'circuit breaker of each target' },
)

export const Hedge = Type.Object(
  {
    after: Type.String({
      pattern: '^(p95|\\d+(\\.\\d+)?(ms|s|m))$',
      expects: '`p95`, or a duration such as 800ms',
      description: 'when a second attempt is begun beside the first: after its target’s own p95, or a fixed time',
    }),
  },
  { ...closed, description: 'a second attempt at the next target when the first takes long; the first content wins' },
)

export const Fallback = Type.Object(
  {
    on_error: Type.Optional(
      Type.Boolean({ description: 'try the next target when one fails before its first content', default: true }),
    ),
    cached: Type.Optional(
      Type.Enum(['off', 'stale'], {
        description:
          'when every target has failed, repeat the last good reply to this request, marked as stale; `cache.stale_if_error` says for how long, 7d where it does not',
        default: 'off',
      }),
    ),
    static: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'when every target has failed, this text is the reply, marked as made up',
      }),
    ),
  },
  { ...closed, description: 'what happens when a target fails' },
)
