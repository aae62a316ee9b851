import Type, { type Static } from 'typebox'
import { SPLITS } from '../../core/dataset.ts'
import { RUN_STATES } from '../../core/run.ts'
import { Nullable } from './shape.ts'

const Moment = (description: string) => Type.String({ description: `${description}; ISO 8601` })
const closed = { additionalProperties: false } as const
const Target = (description: string) =>
  Type.String({ pattern: '^[^/]+/.+$', maxLength: 512, description: `${description}, as provider/model` })
const RouteName = (description: string) => Type.String({ minLength: 1, maxLength: 512, description })

const MOST_ITEMS = 100_000

export const RunTraces = Type.Object(
  {
    route: RouteName('whose stored traffic is run'),
    from: Type.Optional(Moment('from then on')),
    to: Type.Optional(Moment('up to then')),
    days: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 3650, description: 'in place of `from`' })),
    sample: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'share of the requests' })),
    where: Type.Optional(
      Type.Array(Type.Union([Type.String({ minLength: 1 }), Type.Record(Type.String(), Type.Unknown())]), {
        maxItems: 20,
        description: 'only requests for which all hold: conditions as in `when`, or terms such as `status=200`',
      }),
    ),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MOST_ITEMS, default: 1000, description: 'requests at most' }),
    ),
  },
  { ...closed, description: 'a slice of the stored traffic whose texts are kept' },
)

/** Exactly one is given, but that a config may come with a route. */
export const RunCandidate = Type.Object(
  {
    target: Type.Optional(Target('called alone, within the route that each request was for')),
    route: Type.Optional(RouteName('route of the running config or, with `config`, of that one')),
    config: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'a proposed config, as YAML; each request goes to the route that it was for, or to `route`',
      }),
    ),
  },
  { ...closed, description: 'who answers' },
)

export const RunBaseline = Type.Union(
  [
    Type.Literal('recorded', { description: 'what was replied when it was asked for real, where that is still there' }),
    Type.Literal('none', { description: 'there is none: the candidate is only scored' }),
    Type.Object(
      { target: Type.Optional(Target('asked as well')), route: Type.Optional(RouteName('asked as well')) },
      closed,
    ),
  ],
  { description: 'what the candidate is compared with', default: 'recorded' },
)

export const RunJudge = Type.Object(
  {
    route: RouteName('asked which of two replies is better'),
    rubric: Type.Optional(Type.String({ minLength: 1, description: 'what makes a reply better, in words' })),
    allow_own_family: Type.Optional(Type.Boolean({ default: false })),
  },
  closed,
)

/** What a run is asked for. */
export const RunOrder = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    dataset: Type.Optional(
      Type.String({ minLength: 1, maxLength: 300, description: 'NAME@VERSION, or NAME for the latest version' }),
    ),
    split: Type.Optional(Type.Enum([...SPLITS], { description: 'only this part of the dataset' })),
    traces: Type.Optional(RunTraces),
    candidate: RunCandidate,
    baseline: Type.Optional(RunBaseline),
    evaluators: Type.Optional(
      Type.Array(
        Type.Union([
          Type.String({ minLength: 1 }),
          Type.Object({ use: Type.String({ minLength: 1 }), name: Type.Optional(Type.String({ minLength: 1 })) }),
        ]),
        {
          maxItems: 50,
          description:
            'as in `evaluators.require` of a route: a name, or { use, name, …options }; those of each request’s route where none are given, or else those that need no options',
        },
      ),
    ),
    judge: Type.Optional(RunJudge),
    margins: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0, maximum: 10 }), {
        description: 'how much worse the candidate may be, by metric or `score:NAME`',
      }),
    ),
    cohorts: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        maxItems: 8,
        description: 'facts of the requests for which the verdict is also given: `tenant`, `model`, `prompt`, …',
        default: [],
      }),
    ),
    replay_tools: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'begin conversations with tool calls at their latest question, and give what the tools gave then to whoever asks for the same; whoever asks for something else has diverged, and is judged by that',
      }),
    ),
    concurrency: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 64,
        description: 'requests under way at once; 1 where the candidate’s provider has `max_concurrency: 1`, else 4',
      }),
    ),
    when: Type.Optional(
      Type.Enum(['now', 'idle'], {
        default: 'now',
        description: '`idle`: only while no request of a caller is under way',
      }),
    ),
    budget_usd: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: 'the run pauses once it has cost this much' }),
    ),
    allow_residency: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        maxItems: 20,
        description: 'residencies that these requests may go to although their route does not',
      }),
    ),
  },
  { ...closed, description: 'either `dataset` or `traces` is given' },
)
export type RunOrder = Static<typeof RunOrder>

export const RunEstimate = Type.Object({
  items: Type.Integer({ description: 'requests to be run' }),
  calls: Type.Integer({ description: 'calls of models at most, those of evaluators and judges included' }),
  input_tokens: Type.Integer({ description: 'of the candidate, and of a baseline that is asked as well; estimated' }),
  output_tokens: Type.Integer({ description: 'likewise, by what was recorded' }),
  cost_usd: Nullable(Type.Number({ description: 'without what evaluators and judges cost; `null`: not known' })),
  cost_why: Nullable(Type.String({ description: 'why the cost is not known' })),
  duration_s: Nullable(Type.Number({ description: 'by the latency measured of late; `null`: nothing was measured' })),
  warnings: Type.Array(Type.String()),
})
export type RunEstimate = Static<typeof RunEstimate>

export const RunCreated = Type.Object({ id: Type.String(), estimate: RunEstimate })
export type RunCreated = Static<typeof RunCreated>

export const RunRow = Type.Object({
  id: Type.String({ description: 'also that of its experiment, which has the verdict and the pairs' }),
  name: Type.String(),
  state: Type.Enum([...RUN_STATES]),
  source: Type.String({ description: 'what is run, for people' }),
  dataset: Nullable(Type.String({ description: 'NAME@VERSION' })),
  split: Nullable(Type.Enum([...SPLITS])),
  candidate: Type.String({ description: 'for people' }),
  baseline: Type.String({ description: 'for people' }),
  evaluators: Type.Array(Type.String({ description: 'names' })),
  cohorts: Type.Array(Type.String()),
  when: Type.Enum(['now', 'idle']),
  concurrency: Type.Integer(),
  total: Type.Integer(),
  done: Type.Integer({ description: 'requests that came to their end, well or not' }),
  failed: Type.Integer({ description: 'of those, the ones that the candidate failed' }),
  lost: Type.Integer({
    description: 'requests whose calls were cut off as the gateway stopped; they are not made again unless asked for',
  }),
  running: Type.Integer({ description: 'requests under way' }),
  waits_for_idle: Type.Boolean({ description: 'a caller’s request is under way, so that nothing is begun' }),
  per_minute: Nullable(Type.Number({ description: 'requests, of late' })),
  eta_s: Nullable(Type.Number({ description: 'seconds until it is done, at that rate' })),
  cost_usd: Type.Number({ description: 'so far, of everything that was called' }),
  budget_usd: Nullable(Type.Number()),
  created_at: Moment('when it was made'),
  started_at: Nullable(Moment('when its first request began')),
  ended_at: Nullable(Moment('when it was over')),
  actor: Type.String({ description: 'who made it' }),
  problem: Nullable(Type.String({ description: 'why it is paused, has failed or rests' })),
})
export type RunRow = Static<typeof RunRow>

export const RunPage = Type.Object({ data: Type.Array(RunRow), next_cursor: Nullable(Type.String()) })
export type RunPage = Static<typeof RunPage>

const MeanRow = Type.Object({
  n: Type.Integer({ description: 'replies that it could be told of' }),
  mean: Nullable(Type.Number()),
  lower: Nullable(Type.Number({ description: 'of 95 % confidence' })),
  upper: Nullable(Type.Number()),
  method: Type.Enum(['wilson', 't'], { description: 'Wilson’s interval of what is 0 or 1, else Student’s t' }),
})

const ArmSummary = Type.Object({
  n: Type.Integer({ description: 'requests that it has an answer or a failure for' }),
  success: MeanRow,
  rates: Type.Record(Type.String(), MeanRow, {
    description: 'other shares of the requests: `schema`, `refusal`, `guardrail_block`, `preference`, `diverged`',
  }),
  scores: Type.Record(Type.String(), MeanRow, { description: 'by evaluator' }),
  latency_p50_ms: Nullable(Type.Number()),
  latency_p95_ms: Nullable(Type.Number()),
  ttft_p50_ms: Nullable(Type.Number()),
  ttft_p95_ms: Nullable(Type.Number()),
  output_tokens: Type.Number({ description: 'all together' }),
  cost_usd: Nullable(Type.Number({ description: 'all together; `null` where one is not known' })),
})
export type ArmSummary = Static<typeof ArmSummary>

const SummaryRow = Type.Object({
  value: Nullable(Type.String({ description: 'of the cohort; `-` where a request has none; `null`: all' })),
  n: Type.Integer({ description: 'requests that came to their end' }),
  candidate: ArmSummary,
  baseline: Nullable(ArmSummary),
})
export type SummaryRow = Static<typeof SummaryRow>

export const RunSummary = Type.Object({
  id: Type.String(),
  by: Nullable(Type.String()),
  total: SummaryRow,
  rows: Type.Array(SummaryRow, { description: 'by value of `by`, the largest first' }),
})
export type RunSummary = Static<typeof RunSummary>
