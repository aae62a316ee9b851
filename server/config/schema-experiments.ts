import Type from 'typebox'
import { closed, Duration } from './schema-basics.ts'
import { DailyBudget } from './schema-evaluators.ts'

const Share = (description: string, options: { default?: number; minimum?: number } = {}) =>
  Type.Number({ minimum: 0, maximum: 1, description, ...options })

const Judge = Type.Object(
  {
    route: Type.String({ description: 'route that is asked which of two replies is better' }),
    rubric: Type.Optional(Type.String({ minLength: 1, description: 'what makes a reply better, in words' })),
    allow_own_family: Type.Optional(
      Type.Boolean({ description: 'the judge may be of the family of one of the models', default: false }),
    ),
  },
  { ...closed, description: 'a model that says which of two replies is better, asked in both orders' },
)

/** A copy of a share of the traffic. */
export const Mirror = Type.Object(
  {
    target: Type.String({ expects: 'provider/model', description: 'the candidate, as provider/model' }),
    sample: Type.Optional(Share('share of the requests that are copied', { default: 0.1 })),
    if: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'only requests for which this holds, as in `when`' }),
    ),
    when: Type.Optional(
      Type.Enum(['idle', 'always'], {
        description: '`idle` waits until no request of a caller is under way',
        default: 'idle',
      }),
    ),
    self: Type.Optional(
      Share('share of the copies for which the primary answers once more: how much it differs from itself', {
        default: 0.2,
      }),
    ),
    max_concurrency: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, description: 'copies under way at once', default: 1 }),
    ),
    budget: Type.Optional(
      Type.Object(
        { per_day: Type.Optional(DailyBudget('what copies may cost a day')) },
        { ...closed, description: 'what copies may take' },
      ),
    ),
    cohorts: Type.Optional(
      Type.Array(
        Type.String({
          pattern: '^(tenant|team|model|stream|metadata\\..+)$',
          expects: '`tenant`, `team`, `model`, `stream` or `metadata.NAME`',
        }),
        {
          maxItems: 8,
          description: 'what the verdict is also given for, value by value',
          default: ['tenant'],
        },
      ),
    ),
    judge: Type.Optional(Judge),
    margins: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 10 }), {
        description:
          'how much worse the candidate may be, by metric or `score:NAME`: absolute for shares and scores, relative for times, tokens and cost',
      }),
    ),
    keep: Type.Optional(Duration('how long the texts of pairs are kept', '30d')),
  },
  { ...closed, description: 'copies a share of the traffic to a candidate and compares; callers notice nothing' },
)

/** A share of the traffic that goes to another target. */
export const Rollout = Type.Object(
  {
    target: Type.String({ expects: 'provider/model', description: 'where it goes, as provider/model' }),
    share: Share('share of the requests; a session stays where it is'),
  },
  { ...closed, description: 'sends a share of the traffic to another target first; the route’s own follow' },
)

/** Keeping texts. */
export const Content = Type.Object(
  {
    sample: Type.Optional(Share('share of the requests whose texts are kept', { default: 1 })),
    keep: Type.Optional(Duration('how long', '30d')),
  },
  {
    ...closed,
    description:
      'keeps the texts of requests and replies, without personal data and secrets, for datasets; else none is',
  },
)
