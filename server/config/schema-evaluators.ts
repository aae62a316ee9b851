import Type from 'typebox'
import type { Catalogue } from './catalogue.ts'
import { closed, Duration } from './schema-basics.ts'

/** An evaluator, by its name alone or with its options. */
export const Requirement = ({ evaluators }: Pick<Catalogue, 'evaluators'>) => {
  const names = [...evaluators.keys()]
  return Type.Union(
    [
      Type.Enum(names),
      Type.Object(
        {
          use: Type.Enum(names, { description: 'kind of evaluator' }),
          name: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 64,
              description: 'tells it from others of its kind; its kind where none is given',
            }),
          ),
          ...optionsOf(evaluators),
        },
        closed,
      ),
    ],
    { expects: `an evaluator (${names.join(', ')}), alone or as { use: NAME } with its options` },
  )
}

/** Of all kinds; one that several have is described for each. */
function optionsOf(evaluators: Catalogue['evaluators']): Record<string, Type.TOptional<Type.TUnknown>> {
  const descriptions = new Map<string, string[]>()
  for (const { id, options } of evaluators.values())
    for (const [name, description] of Object.entries(options))
      descriptions.set(name, [...(descriptions.get(name) ?? []), `of ${id}: ${description}`])
  return Object.fromEntries(
    [...descriptions].map(([name, list]) => [name, Type.Optional(Type.Unknown({ description: list.join('; ') }))]),
  )
}

/** Dollars a day. */
export const DailyBudget = (description: string) =>
  Type.Object(
    { usd: Type.Number({ minimum: 0, description: 'dollars a day, from midnight UTC' }) },
    { ...closed, description },
  )

export const Evaluators = (catalogue: Catalogue) =>
  Type.Object(
    {
      require: Type.Optional(
        Type.Array(Requirement(catalogue), { minItems: 1, description: 'evaluators that a reply must pass' }),
      ),
      watch: Type.Optional(
        Type.Array(Requirement(catalogue), {
          minItems: 1,
          description: 'evaluators that score a reply once it is out, and hold nothing up',
        }),
      ),
      sample: Type.Optional(
        Type.Number({ minimum: 0, maximum: 1, description: 'share of replies that are judged', default: 1 }),
      ),
      budget: Type.Optional(
        Type.Object(
          {
            time: Type.Optional(
              Duration('how long a client waits for evaluators at most; what is not judged by then passes', '10s'),
            ),
            per_day: Type.Optional(DailyBudget('what evaluators that ask a model may cost a day')),
          },
          { ...closed, description: 'what judging may take' },
        ),
      ),
      escalate_to: Type.Optional(
        Type.String({
          expects: 'provider/model',
          description: 'target, as provider/model, after the route’s own, for replies that fail',
        }),
      ),
      streams: Type.Optional(
        Type.Enum(['after', 'hold'], {
          description:
            'judge a stream when it is over, and escalate on the next turn, or hold it back until it is judged',
          default: 'after',
        }),
      ),
    },
    { ...closed, description: 'how replies are judged; one that fails what is required goes on to the next target' },
  )
