import Type, { type Static } from 'typebox'
import type { ProviderOption } from '../core/ports.ts'

/** What the other rooms offer to the config file: the app fills it from their indexes. */
export interface Catalogue {
  providerKinds: ReadonlyMap<string, ProviderKind>
  strategies: readonly string[]
}

export interface ProviderKind {
  baseUrl: string | null
  needsKey: boolean
  needsBaseUrl: boolean
  /** Wire formats that it can be told to use. */
  dialects: readonly string[]
  options: Readonly<Record<string, ProviderOption>>
}

const closed = { additionalProperties: false }

/** `expects` is read by the error messages: what a person should write here. */
const Duration = (description: string, fallback: string) =>
  Type.String({
    pattern: '^\\d+(\\.\\d+)?(ms|s|m|h|d)$',
    expects: 'a duration such as 500ms, 2s, 5m or 1h',
    description,
    default: fallback,
  })

const Size = (description: string, fallback: string) =>
  Type.String({
    pattern: '^[1-9]\\d*(KB|MB|GB)$',
    expects: 'a size such as 512KB or 20MB',
    description,
    default: fallback,
  })

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

const Retry = Type.Object(
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
  },
  { ...closed, description: 'tries of one target before the next one' },
)

const Timeouts = Type.Object(
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

const Route = (catalogue: Catalogue) =>
  Type.Object(
    {
      strategy: Type.Optional(
        Type.Enum([...catalogue.strategies], {
          description: 'how targets are ordered',
          default: 'priority',
        }),
      ),
      targets: Type.Array(Target, { minItems: 1, description: 'provider + model, first choice first' }),
      when: Type.Optional(
        Type.Array(Condition, { description: 'conditions in order; the first that matches decides the targets' }),
      ),
      retry: Type.Optional(Retry),
      timeouts: Type.Optional(Timeouts),
      fallback: Type.Optional(
        Type.Object(
          {
            on_error: Type.Optional(
              Type.Boolean({
                description: 'try the next target when one fails before its first content',
                default: true,
              }),
            ),
          },
          { ...closed, description: 'what happens when a target fails' },
        ),
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

const Reference = (description: string) =>
  Type.String({
    pattern: '^\\$\\{(env|file|secret):[^}]+\\}$',
    expects: 'a reference, never the key itself: ${env:NAME}, ${file:PATH} or ${secret:NAME}',
    description,
  })

const Provider = (catalogue: Catalogue) => {
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

const Server = Type.Object(
  {
    hosts: Type.Optional(
      Type.Array(Type.String(), { description: 'further names under which clients call the gateway', default: [] }),
    ),
    origins: Type.Optional(
      Type.Array(Type.String({ pattern: '^https?://[^/]+$', expects: 'an origin such as https://app.example' }), {
        description: 'web pages that may call /v1 from a browser',
        default: [],
      }),
    ),
    max_body: Type.Optional(Size('largest request body', '32MB')),
    max_reply: Type.Optional(Size('largest unary reply held in memory', '64MB')),
    drain: Type.Optional(Duration('how long running requests may take to finish when the gateway stops', '30s')),
  },
  { ...closed, description: 'the gateway as a web server' },
)

/** The schema of the config file for what this build offers. It validates, and it is the documentation. */
export function configSchema(catalogue: Catalogue) {
  return Type.Object(
    {
      version: Type.Literal(1, { expects: '1', description: 'version of this format' }),
      anonymous: Type.Optional(
        Type.Enum(['loopback', 'off'], {
          description: 'who may call without a key: programs on this machine (tenant `local`), or nobody',
          default: 'loopback',
        }),
      ),
      direct_access: Type.Optional(
        Type.Boolean({ description: 'let apps name provider/model instead of a route', default: false }),
      ),
      server: Type.Optional(Server),
      egress: Type.Optional(
        Type.Object(
          {
            mode: Type.Optional(
              Type.Enum(['sealed', 'open'], {
                description: 'sealed: only loopback and the allow list; open: every configured provider',
                default: 'open',
              }),
            ),
            allow: Type.Optional(
              Type.Array(Type.String(), { description: 'addresses, CIDR ranges or host names', default: [] }),
            ),
          },
          { ...closed, description: 'what the gateway may dial' },
        ),
      ),
      providers: Type.Optional(
        Type.Record(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' }), Provider(catalogue), {
          ...closed,
          description: 'upstreams by id; `sandbox` is there without being listed',
        }),
      ),
      routes: Type.Record(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]*$' }), Route(catalogue), {
        ...closed,
        description: 'what apps name in `model`',
      }),
    },
    { ...closed, $id: 'gatehouse-config', title: 'Gatehouse configuration' },
  )
}

export type ConfigDocument = Static<ReturnType<typeof configSchema>>
export type RouteDocument = ConfigDocument['routes'][string]
export type ProviderDocument = NonNullable<ConfigDocument['providers']>[string]
