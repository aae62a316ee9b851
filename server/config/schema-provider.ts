import Type from 'typebox'
import type { ProviderOption } from '../core/ports.ts'
import type { Catalogue } from './catalogue.ts'
import { closed, Duration } from './schema-basics.ts'

const Reference = (description: string) =>
  Type.String({
    pattern: '^\\$\\{(env|file|secret):[^}]+\\}$',
    expects: 'a reference, never the key itself: ${env:NAME}, ${file:PATH} or ${secret:NAME}',
    description,
  })

const Queue = Type.Object(
  {
    max_waiting: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 100_000,
        description: 'requests that may wait; more are shed with 429',
        default: 256,
      }),
    ),
    max_wait: Type.Optional(Duration('longest wait; who would wait longer is shed at once', '60s')),
    affinity: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 1000,
        description: 'how often a waiting request may be overtaken by ones for the model that is loaded; 0: never',
        default: 8,
      }),
    ),
  },
  { ...closed, description: 'how calls wait for each other where `max_concurrency` is reached' },
)

/** One provider, with the options of every kind. */
export const Provider = (catalogue: Catalogue) => {
  const dialects = new Set([...catalogue.providerKinds.values()].flatMap((kind) => kind.dialects))
  const options: Record<string, Type.TSchema> = {}
  for (const kind of catalogue.providerKinds.values())
    for (const [name, option] of Object.entries(kind.options)) options[name] = Type.Optional(optionSchema(option))
  return Type.Object(
    {
      kind: Type.Enum([...catalogue.providerKinds.keys()], { description: 'the vendor or server' }),
      base_url: Type.Optional(Type.String({ description: "where its API begins; hosted vendors' are known" })),
      api_key: Type.Optional(
        Reference('reference to the credential: `${env:NAME}`, `${file:PATH}` or `${secret:NAME}`'),
      ),
      headers: Type.Optional(
        Type.Record(Type.String(), Type.String(), {
          description: 'further request headers; values may hold references such as `${env:NAME}`',
        }),
      ),
      residency: Type.Optional(
        Type.String({ minLength: 1, maxLength: 40, description: 'where data goes: local, or a region such as eu' }),
      ),
      dialects: Type.Optional(
        Type.Array(Type.Enum([...dialects]), {
          minItems: 1,
          description: 'wire formats to use with it, the preferred ones first; its kind knows what is usual',
        }),
      ),
      max_concurrency: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 100_000, description: 'calls at a time; further ones wait their turn' }),
      ),
      adaptive_concurrency: Type.Optional(
        Type.Boolean({
          description: 'find out how many calls at a time it bears, at most `max_concurrency`',
          default: false,
        }),
      ),
      queue: Type.Optional(Queue),
      health_check: Type.Optional(
        Duration('ask it for its models this often to see that it is up; without it, every 15s while it is failing'),
      ),
      gpu_usd_per_hour: Type.Optional(
        Type.Number({
          minimum: 0,
          description: 'what an hour of its machine costs, for providers that bill no tokens',
        }),
      ),
      ...options,
    },
    closed,
  )
}

function optionSchema(option: ProviderOption): Type.TSchema {
  switch (option.type) {
    case 'string':
      return Type.String({ description: option.description, minLength: 1 })
    case 'integer':
      return Type.Integer({ description: option.description, minimum: 1, maximum: 2 ** 31 })
    case 'boolean':
      return Type.Boolean({ description: option.description })
    case 'secret':
      return Reference(option.description)
    case 'duration':
      return Type.String({
        description: option.description,
        pattern: '^(-1|\\d+(\\.\\d+)?(ms|s|m|h|d))$',
        expects: 'a duration such as 5m, or "-1" for ever',
      })
  }
}
